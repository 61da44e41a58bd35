import { OAuthError } from '@mikromerit/service-kit'
import type { FastifyRequest } from 'fastify'
import type { CredentialRequest } from './schemas.ts'

/** OpenID4VCI 8.2, `proofs`: exactly one proof of type jwt (I-32, I-33). Batches are not offered. */
export async function readProof(request: FastifyRequest<{ Body: CredentialRequest }>) {
  const { proofs } = request.body
  // A proof in the singular of older drafts is an unknown parameter: the request then has none.
  if (proofs === undefined) throw new OAuthError('invalid_proof', 'The parameter proofs is missing')
  const types = Object.keys(proofs)
  if (types.length !== 1)
    throw new OAuthError(
      'invalid_credential_request',
      'The parameter proofs must hold exactly one proof type',
    )
  if (proofs.jwt === undefined)
    throw new OAuthError('invalid_proof', 'Only proofs of the type jwt are accepted')
  const [proof, ...more] = proofs.jwt
  if (proof === undefined)
    throw new OAuthError('invalid_credential_request', 'The array proofs.jwt is empty')
  if (more.length > 0)
    throw new OAuthError(
      'invalid_credential_request',
      'This issuer takes one proof in a request: it offers no batches',
    )
  request.exchange.proof = proof
}
