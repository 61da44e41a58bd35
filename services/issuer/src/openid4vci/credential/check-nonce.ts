import { OAuthError } from '@mikromerit/service-kit'
import type { FastifyRequest } from 'fastify'
import type { Runtime } from '../../runtime.ts'
import { established } from '../exchange.ts'

/** One answer for an unknown, foreign, expired and used nonce: fetch a new one and try again. */
export const invalidNonce = () =>
  new OAuthError('invalid_nonce', 'The nonce of the proof is not valid: fetch a new one')

/** OpenID4VCI 8.2: the proof's nonce is ours, of this issuer and fresh. Its single use is enforced later. */
export const checkNonce = (runtime: Runtime) => async (request: FastifyRequest) => {
  const { organisationId } = established(request, 'issuer')
  const opened = runtime.protocolTokens.openNonce(
    established(request, 'proofNonce'),
    organisationId,
    runtime.clock.now(),
  )
  if (!opened.ok) throw invalidNonce()
  request.exchange.nonce = opened.value
}
