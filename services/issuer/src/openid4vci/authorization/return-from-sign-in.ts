import { OAuthError } from '@mikromerit/service-kit'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Runtime } from '../../runtime.ts'
import { readSignedIn, type SignInSecrets } from '../../sign-in/openid-provider.ts'
import { openProvider } from '../../sign-in/providers.ts'
import { buildAnswerUrl } from './answer-wallet.ts'
import { type Authorization, advance, type Place } from './authorization.ts'
import { callbackUrl, noteFailure } from './authorize.ts'
import { requireBrowser } from './browser.ts'
import { buildConsentPage, sendPage } from './consent-page.ts'
import { findOffered } from './find-offered.ts'
import type { CallbackQuery } from './schemas.ts'

type Callback = FastifyRequest<{ Querystring: CallbackQuery }>
type WithSecrets = Authorization & { readonly signIn: SignInSecrets }

/** Takes the learner back from the provider, once, and shows what the wallet is about to receive. */
export async function returnFromSignIn(runtime: Runtime, request: Callback, reply: FastifyReply) {
  const { issuer, place, taken } = await takeUp(runtime, request)
  const refuse = (error: string) =>
    reply.redirect(buildAnswerUrl(issuer, taken.request, { error }), 303)
  const claims = await askProvider(runtime, request, { place, taken })
  if (!claims) return refuse('access_denied')
  const { provider, signedIn } = claims
  const offered = await findOffered(runtime, issuer, taken.request, {
    field: provider.learnerClaim.field,
    value: readLearner(provider.learnerClaim, signedIn),
  })
  if (!offered) return refuse('access_denied')
  const { authorised, title } = offered
  const asked = await advance(runtime, place, 'returned', (found) => ({
    stage: 'consenting',
    content: { request: found.request, authorised },
  }))
  if (!asked) return refuse('access_denied')
  const page = { issuer, place, taken, authorised, title }
  return sendPage(reply, await buildConsentPage(runtime, request, page))
}

/** S-01: the state works once, in the browser it was given to. */
async function takeUp(runtime: Runtime, request: Callback) {
  const [organisationId = '', state = ''] = (request.query.state ?? '').split('.', 2)
  const id = runtime.authorizationCodes.states.read(organisationId, state)
  const issuer = id ? await runtime.issuers.find(organisationId) : undefined
  if (!id || !issuer) throw unknownState()
  const place = { organisationId, id }
  requireBrowser(runtime, request, place)
  const taken = await advance(runtime, place, 'signing_in', ({ request: asked, signIn }) => ({
    stage: 'returned',
    content: { request: asked, ...(signIn && { signIn }) },
  }))
  const signIn = taken?.signIn
  if (!taken || !signIn) throw unknownState()
  return { issuer, place, taken: { ...taken, signIn } }
}

const unknownState = () =>
  new OAuthError('invalid_request', 'This sign-in is unknown, expired or finished already')

async function askProvider(
  runtime: Runtime,
  request: Callback,
  { place, taken }: { place: Place; taken: WithSecrets },
) {
  const provider = await openProvider(runtime, place.organisationId)
  if (!provider) return undefined
  const callback = new URL(callbackUrl(runtime))
  callback.search = request.url.slice(request.url.indexOf('?'))
  const signedIn = await readSignedIn(runtime.outbound, provider, taken.signIn, {
    state: request.query.state ?? '',
    callback,
  }).catch((error: unknown) => noteFailure(request, error))
  return signedIn && { provider, signedIn }
}

/** The value by which awards are found. An address nobody has verified names nobody. */
function readLearner(
  { claim, field }: { claim: string; field: 'externalId' | 'email' },
  claims: Readonly<Record<string, unknown>>,
): string | undefined {
  const value = claims[claim]
  if (typeof value !== 'string' || value === '') return undefined
  return field === 'email' && claims.email_verified !== true ? undefined : value
}
