import { OAuthError } from '@mikromerit/service-kit'
import type { FastifyRequest } from 'fastify'
import type { TokenRequest } from './schemas.ts'

export const preAuthorizedCodeGrant = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'

/** RFC 6749 5.2: a grant we do not know is named as such; without a grant the request is malformed. */
export async function requireKnownGrant(request: FastifyRequest<{ Body: TokenRequest }>) {
  const { grant_type: grantType } = request.body
  if (!grantType) throw new OAuthError('invalid_request', 'The parameter grant_type is missing')
  if (grantType !== preAuthorizedCodeGrant)
    throw new OAuthError(
      'unsupported_grant_type',
      'Only the pre-authorized code grant is supported',
    )
  if (!request.body['pre-authorized_code'])
    throw new OAuthError('invalid_request', 'The parameter pre-authorized_code is missing')
}
