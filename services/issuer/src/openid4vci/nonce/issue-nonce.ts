import type { FastifyRequest } from 'fastify'
import type { Runtime } from '../../runtime.ts'
import { established } from '../exchange.ts'

/** OpenID4VCI 7: a fresh nonce for anyone who asks. It is sealed, so nothing needs to be stored. */
export function issueNonce(runtime: Runtime, request: FastifyRequest) {
  const { organisationId } = established(request, 'issuer')
  const lifetime = runtime.config.NONCE_LIFETIME_SECONDS * 1000
  const expiresAt = new Date(runtime.clock.now().getTime() + lifetime)
  return { c_nonce: runtime.protocolTokens.sealNonce(organisationId, expiresAt) }
}
