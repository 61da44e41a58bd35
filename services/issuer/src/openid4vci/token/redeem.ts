import { OAuthError } from '@mikromerit/service-kit'
import type { FastifyRequest } from 'fastify'
import { type RedeemOutcome, redeemOffer } from '../../offers/redeem-offer.ts'
import type { Runtime } from '../../runtime.ts'
import { established } from '../exchange.ts'
import { invalidGrant } from './check-code.ts'
import type { TokenRequest, TokenResponse } from './schemas.ts'

/** OpenID4VCI 6.2: exchanges the pre-authorized code, once, for an access token. */
export async function redeemCode(
  runtime: Runtime,
  request: FastifyRequest<{ Body: TokenRequest }>,
): Promise<TokenResponse> {
  const { organisationId } = established(request, 'issuer')
  const offerId = established(request, 'offerId')
  const { tx_code: txCode, client_id: clientId } = request.body
  const redeemed = await redeemOffer(runtime, organisationId, { offerId, txCode })
  if (!redeemed.ok) throw refusal(redeemed.code)

  const lifetime = runtime.config.ACCESS_TOKEN_LIFETIME_SECONDS
  const expiresAt = new Date(runtime.clock.now().getTime() + lifetime * 1000)
  const { awardId, configurationIds } = redeemed
  const accessToken = runtime.protocolTokens.sealAccessToken(
    { organisationId, offerId, awardId, configurationIds, ...(clientId ? { clientId } : {}) },
    expiresAt,
  )
  return { access_token: accessToken, token_type: 'Bearer', expires_in: lifetime }
}

type RefusalCode = Extract<RedeemOutcome, { ok: false }>['code']

function refusal(code: RefusalCode): OAuthError {
  // I-12: the two mistakes a wallet can correct are told; the others look alike (S-17).
  if (code === 'tx_code_missing')
    return new OAuthError('invalid_request', 'The parameter tx_code is missing')
  if (code === 'tx_code_unexpected')
    return new OAuthError('invalid_request', 'This offer expects no tx_code')
  return invalidGrant()
}
