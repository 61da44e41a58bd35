import { OAuthError } from '@mikromerit/service-kit'
import type { FastifyRequest } from 'fastify'
import type { Runtime } from '../../runtime.ts'
import { established } from '../exchange.ts'
import { verifyKeyProof } from './verify-proof.ts'

/** OpenID4VCI 8.2: the wallet holds the key its credential will be bound to. */
export const checkProof = (runtime: Runtime) => async (request: FastifyRequest) => {
  const proof = verifyKeyProof(established(request, 'proof'), {
    audience: established(request, 'issuer').identifier,
    clientId: established(request, 'accessToken').clientId,
    now: runtime.clock.now(),
  })
  if (!proof.ok) throw new OAuthError('invalid_proof', proof.detail)
  request.exchange.holderKey = proof.holderKey
  request.exchange.proofNonce = proof.nonce
}
