import { OAuthError } from '@mikromerit/service-kit'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { findClient } from '../../clients/clients.ts'
import type { Runtime } from '../../runtime.ts'
import { buildSignInUrl, newSignInSecrets } from '../../sign-in/openid-provider.ts'
import { openProvider } from '../../sign-in/providers.ts'
import { established } from '../exchange.ts'
import { buildAnswerUrl } from './answer-wallet.ts'
import { advance } from './authorization.ts'
import { rememberBrowser } from './browser.ts'
import { requestUriPrefix } from './push-request.ts'
import type { AuthorizeQuery } from './schemas.ts'

type Query = FastifyRequest<{ Querystring: AuthorizeQuery }>

export const callbackUrl = ({ config }: Runtime) => `${config.PUBLIC_URL}/sign-in/callback`

/** RFC 9126 4: takes up the pushed request, once, and sends the learner to sign in. */
export async function authorize(runtime: Runtime, request: Query, reply: FastifyReply) {
  const issuer = established(request, 'issuer')
  const { organisationId } = issuer
  const { client_id: clientId, request_uri: requestUri } = request.query
  if (requestUri === undefined) return refuseUnpushed(runtime, request, reply)
  const { requestUris, states } = runtime.authorizationCodes
  const reference = requestUri.startsWith(requestUriPrefix)
    ? requestUri.slice(requestUriPrefix.length)
    : ''
  const id = requestUris.read(organisationId, reference)
  const place = id && { organisationId, id }
  const signIn = newSignInSecrets()
  const taken =
    place &&
    (await advance(runtime, place, 'pushed', (found) =>
      found.request.clientId === clientId
        ? { stage: 'signing_in', content: { request: found.request, signIn } }
        : undefined,
    ))
  // S-19: unknown, expired, used and another client's look alike, and nobody is redirected.
  if (!taken)
    throw new OAuthError('invalid_request', 'The request_uri is unknown, expired or used already')
  const provider = await openProvider(runtime, organisationId)
  const state = `${organisationId}.${states.build(organisationId, place.id)}`
  const target = provider
    ? await buildSignInUrl(runtime.outbound, provider, signIn, {
        state,
        redirectUri: callbackUrl(runtime),
      }).catch((error: unknown) => noteFailure(request, error))
    : undefined
  if (!target)
    return reply.redirect(
      buildAnswerUrl(issuer, taken.request, { error: 'temporarily_unavailable' }),
      303,
    )
  rememberBrowser(runtime, reply, place)
  return reply.redirect(target.href, 303)
}

/** The provider's failure is the operator's to see, not the learner's. */
export function noteFailure(request: FastifyRequest, error: unknown): undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  request.log.warn({ code }, 'the sign-in provider did not answer as it should')
}

/** I-20: requests must be pushed. The wallet is told so where it is registered, anybody else on a page. */
async function refuseUnpushed(runtime: Runtime, request: Query, reply: FastifyReply) {
  const issuer = established(request, 'issuer')
  const { client_id: id, redirect_uri: redirectUri, state } = request.query
  const client = id ? await findClient(runtime, issuer.organisationId, id) : undefined
  if (redirectUri === undefined || !client?.redirectUris.includes(redirectUri))
    throw new OAuthError('invalid_request', 'Authorization requests must be pushed first')
  const target = { redirectUri, ...(state !== undefined && { state }) }
  return reply.redirect(buildAnswerUrl(issuer, target, { error: 'invalid_request' }), 303)
}
