import { createHash, timingSafeEqual } from 'node:crypto'
import { OAuthError } from '@mikromerit/service-kit'
import type { FastifyRequest } from 'fastify'
import type { Runtime } from '../../runtime.ts'
import {
  lockAuthorization,
  moveTo,
  type OpenedAuthorization,
  type Place,
  revoke,
  setGeneration,
} from '../authorization/authorization.ts'
import { established } from '../exchange.ts'
import { grantAccess } from './grant-access.ts'
import type { TokenRequest, TokenResponse } from './schemas.ts'

type TokenCall = FastifyRequest<{ Body: TokenRequest }>

/** One answer for whatever is wrong with a code or refresh token: it tells a thief nothing. */
const invalidGrant = () => new OAuthError('invalid_grant', 'The code or token is not valid')

/**
 * RFC 6749 4.1.3: exchanges a code, once. A second use means that two have it: what the first got is taken back, and a
 * request that does not fit the code uses it up (I-21).
 */
export async function redeemAuthorizationCode(
  runtime: Runtime,
  request: TokenCall,
): Promise<TokenResponse> {
  const { organisationId } = established(request, 'issuer')
  const id = runtime.authorizationCodes.codes.read(organisationId, request.body.code ?? '')
  if (!id) throw invalidGrant()
  const place = { organisationId, id }
  const granted = await runtime.database.inOrganisation(organisationId, async (tx) => {
    const found = await lockAuthorization(runtime, tx, place)
    if (found?.stage === 'granted') await revoke(tx, place)
    if (found?.stage !== 'code' || found.isExpired) return undefined
    if (!fitsCode(found, request)) {
      await revoke(tx, place)
      return undefined
    }
    const content = narrow(found, request.exchange.wanted)
    await moveTo(runtime, tx, place, { stage: 'granted', content })
    return content
  })
  if (!granted) throw invalidGrant()
  return answer(runtime, place, granted, 0)
}

/** RFC 6749 6, RFC 9700 4.14.2: a refresh token is good once; an old one used again takes everything back. */
export async function redeemRefreshToken(
  runtime: Runtime,
  request: TokenCall,
): Promise<TokenResponse> {
  const { organisationId } = established(request, 'issuer')
  const token = request.body.refresh_token ?? ''
  const opened = runtime.protocolTokens.openRefreshToken(token, organisationId, runtime.clock.now())
  if (!opened.ok) throw invalidGrant()
  const { authorizationId: id, generation } = opened.value
  const place = { organisationId, id }
  const granted = await runtime.database.inOrganisation(organisationId, async (tx) => {
    const found = await lockAuthorization(runtime, tx, place)
    if (found?.stage !== 'granted' || found.isExpired) return undefined
    if (found.request.clientId !== request.exchange.clientId) return undefined
    if (found.generation === generation) await setGeneration(tx, place, generation + 1)
    else await revoke(tx, place)
    return found.generation === generation ? found : undefined
  })
  if (!granted) throw invalidGrant()
  return answer(runtime, place, granted, generation + 1)
}

/** OpenID4VCI 6.1.1: the token may be asked to cover less than was authorised, never more (I-18). */
function narrow(found: OpenedAuthorization, wanted?: readonly string[]): OpenedAuthorization {
  if (!wanted) return found
  const { authorised = [] } = found
  if (!wanted.every((id) => authorised.some(({ configurationId }) => configurationId === id)))
    // Thrown inside the transaction: the code stays good.
    throw new OAuthError(
      'invalid_authorization_details',
      'The learner has not authorised a credential configuration of this id',
    )
  return { ...found, authorised: authorised.filter((one) => wanted.includes(one.configurationId)) }
}

const answer = (
  runtime: Runtime,
  { organisationId, id: authorizationId }: Place,
  { request: { clientId, offerId }, authorised = [] }: OpenedAuthorization,
  generation: number,
): TokenResponse => ({
  ...grantAccess(runtime, {
    organisationId,
    authorizationId,
    authorised,
    clientId,
    ...(offerId !== undefined && { offerId }),
  }),
  refresh_token: runtime.protocolTokens.sealRefreshToken(
    { organisationId, authorizationId, generation },
    new Date(runtime.clock.now().getTime() + refreshSeconds * 1000),
  ),
})

// The authorization itself ends earlier when it was granted earlier.
const refreshSeconds = 30 * 24 * 3_600

/** RFC 6749 4.1.3, RFC 7636 4.6: the same client, the same address, and whoever made the challenge. */
function fitsCode({ request }: OpenedAuthorization, { body, exchange }: TokenCall): boolean {
  const verifier = body.code_verifier ?? ''
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) return false
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  return (
    exchange.clientId === request.clientId &&
    body.redirect_uri === request.redirectUri &&
    timingSafeEqual(Buffer.from(challenge), Buffer.from(request.codeChallenge))
  )
}
