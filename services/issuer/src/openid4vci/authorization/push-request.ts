import { OAuthError } from '@mikromerit/service-kit'
import type { FastifyRequest } from 'fastify'
import { findClient } from '../../clients/clients.ts'
import type { Runtime } from '../../runtime.ts'
import { established } from '../exchange.ts'
import { listConfigurations } from '../metadata/configurations.ts'
import { type AuthorizationRequest, createAuthorization } from './authorization.ts'
import type { PushedRequest } from './schemas.ts'
import { stageSeconds } from './stages.ts'

type Pushed = FastifyRequest<{ Body: PushedRequest }>

export const requestUriPrefix = 'urn:ietf:params:oauth:request_uri:'

const invalidRequest = (description: string) => new OAuthError('invalid_request', description)

/** RFC 9126 2: only an issuer whose learners can sign in has something to authorise. */
export async function requireSignIn(request: FastifyRequest) {
  if (!established(request, 'issuer').hasSignIn)
    throw new OAuthError('unauthorized_client', 'This issuer has no sign-in for learners')
}

/** RFC 9126 2.1: the client is one that is registered, and is to be answered where it is registered (I-20, S-18). */
export const requireClient = (runtime: Runtime) => async (request: Pushed) => {
  const { client_id: id, redirect_uri: redirectUri } = request.body
  const { organisationId } = established(request, 'issuer')
  const client = id ? await findClient(runtime, organisationId, id) : undefined
  if (!client)
    throw new OAuthError('invalid_client', 'No wallet of this client_id is registered', {
      status: 401,
    })
  if (redirectUri === undefined || !client.redirectUris.includes(redirectUri))
    throw invalidRequest('The redirect_uri is not one of those registered')
}

/** RFC 9126 2.1 and RFC 7636 4.3: a code, asked for here and now, with a challenge (I-19, I-21). */
export async function checkParameters({ body }: Pushed) {
  if (body.request_uri !== undefined)
    throw invalidRequest('The parameter request_uri does not belong here')
  if (body.request !== undefined)
    throw new OAuthError('request_not_supported', 'Request objects are not supported')
  if (body.response_type === undefined)
    throw invalidRequest('The parameter response_type is missing')
  if (body.response_type !== 'code')
    throw new OAuthError('unsupported_response_type', 'The response_type must be code')
  if (body.code_challenge_method !== 'S256')
    throw invalidRequest('The code_challenge_method must be S256')
  if (!/^[A-Za-z0-9_-]{43}$/.test(body.code_challenge ?? ''))
    throw invalidRequest('The code_challenge must be a SHA-256 digest in base64url')
}

/** OpenID4VCI 5.1.2: scopes are those of the metadata; unknown ones beside them are ignored (RFC 6749 3.3). */
export async function readScopes(request: Pushed) {
  if (request.exchange.wanted) return
  const { scope } = request.body
  if (!scope) throw invalidRequest('Either scope or authorization_details is needed')
  const asked = new Set(scope.split(' '))
  const wanted = listConfigurations(established(request, 'issuer').settings)
    .filter((configuration) => asked.has(configuration.scope))
    .map(({ id }) => id)
  if (wanted.length === 0)
    throw new OAuthError('invalid_scope', 'None of the scopes is of a credential of this issuer')
  request.exchange.wanted = wanted
}

/** RFC 9126 2.2: keeps the request and names it. */
export async function pushRequest(runtime: Runtime, request: Pushed) {
  const { organisationId } = established(request, 'issuer')
  const { authorizationCodes, offerSecrets } = runtime
  const { body } = request
  const offerId = offerSecrets.issuerStates.read(organisationId, body.issuer_state ?? '')
  const content: AuthorizationRequest = {
    clientId: body.client_id ?? '',
    redirectUri: body.redirect_uri ?? '',
    codeChallenge: body.code_challenge ?? '',
    configurationIds: established(request, 'wanted'),
    ...(body.state !== undefined && { state: body.state }),
    ...(offerId !== undefined && { offerId }),
  }
  const id = await createAuthorization(runtime, organisationId, content)
  return {
    request_uri: `${requestUriPrefix}${authorizationCodes.requestUris.build(organisationId, id)}`,
    expires_in: stageSeconds.pushed,
  }
}
