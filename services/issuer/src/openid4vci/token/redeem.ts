import { OAuthError } from '@mikromerit/service-kit'
import type { FastifyRequest } from 'fastify'
import { type RedeemOutcome, redeemOffer } from '../../offers/redeem-offer.ts'
import type { Runtime } from '../../runtime.ts'
import { established } from '../exchange.ts'
import { invalidGrant } from './check-code.ts'
import { grantAccess, nameCredentials } from './grant-access.ts'
import type { TokenRequest, TokenResponse } from './schemas.ts'

/** OpenID4VCI 6.2: exchanges the pre-authorized code, once, for an access token. */
export async function redeemCode(
  runtime: Runtime,
  request: FastifyRequest<{ Body: TokenRequest }>,
): Promise<TokenResponse> {
  const { organisationId } = established(request, 'issuer')
  const offerId = established(request, 'offerId')
  const { clientId, wanted } = request.exchange
  const redeemed = await redeemOffer(runtime, organisationId, {
    offerId,
    txCode: request.body.tx_code,
    wanted,
  })
  if (!redeemed.ok) throw refusal(redeemed.code)
  const { awardId } = redeemed
  const authorised = (wanted ?? redeemed.configurationIds).map((configurationId) => ({
    configurationId,
    awardId,
  }))
  return grantAccess(runtime, {
    organisationId,
    offerId,
    authorised: wanted ? nameCredentials(authorised) : authorised,
    ...(clientId !== undefined && { clientId }),
  })
}

type RefusalCode = Extract<RedeemOutcome, { ok: false }>['code']

function refusal(code: RefusalCode): OAuthError {
  // I-12: the two mistakes a wallet can correct are told; the others look alike (S-17).
  if (code === 'tx_code_missing')
    return new OAuthError('invalid_request', 'The parameter tx_code is missing')
  if (code === 'tx_code_unexpected')
    return new OAuthError('invalid_request', 'This offer expects no tx_code')
  if (code === 'not_offered')
    return new OAuthError(
      'invalid_authorization_details',
      'This offer does not list a credential configuration of this id',
    )
  return invalidGrant()
}
