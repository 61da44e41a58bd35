import { OAuthError } from '@mikromerit/service-kit'
import type { FastifyRequest } from 'fastify'
import type { CredentialRequest } from './schemas.ts'

/** OpenID4VCI 8.2: whoever asks for an encrypted answer must not get a plain one (I-42). None is offered yet. */
export async function refuseEncryption(request: FastifyRequest<{ Body: CredentialRequest }>) {
  if (request.body.credential_response_encryption !== undefined)
    throw new OAuthError(
      'invalid_encryption_parameters',
      'This issuer does not encrypt credential responses, as its metadata says',
    )
}
