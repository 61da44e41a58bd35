import { OAuthError } from '@mikromerit/service-kit'
import type { FastifyRequest } from 'fastify'
import type { TokenRequest } from './schemas.ts'

export const preAuthorizedCodeGrant = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'

/** The grants, each with the parameters it needs. */
const needed = new Map<string, readonly (keyof TokenRequest)[]>([
  [preAuthorizedCodeGrant, ['pre-authorized_code']],
  ['authorization_code', ['code', 'redirect_uri', 'client_id', 'code_verifier']],
  ['refresh_token', ['refresh_token', 'client_id']],
])

/** RFC 6749 5.2: a grant we do not know is named as such; without a grant the request is malformed. */
export async function requireKnownGrant(request: FastifyRequest<{ Body: TokenRequest }>) {
  const { grant_type: grantType } = request.body
  if (!grantType) throw new OAuthError('invalid_request', 'The parameter grant_type is missing')
  const parameters = needed.get(grantType)
  if (!parameters) throw new OAuthError('unsupported_grant_type', 'This grant is not supported')
  const missing = parameters.find((name) => !request.body[name])
  if (missing) throw new OAuthError('invalid_request', `The parameter ${missing} is missing`)
}
