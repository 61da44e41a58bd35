import { OAuthError } from '@mikromerit/service-kit'
import type { FastifyRequest } from 'fastify'
import type { OfferSecrets } from '../../offers/offer-secrets.ts'
import { established } from '../exchange.ts'
import { preAuthorizedCodeGrant } from './read-grant.ts'
import type { TokenRequest } from './schemas.ts'

/** One answer for a forged, foreign, used, expired and dead code: it tells a guesser nothing (S-17). */
export const invalidGrant = () =>
  new OAuthError('invalid_grant', 'The pre-authorized code or the transaction code is not valid')

/** Refuses a code that is not ours and this issuer's before the database is asked. */
export const checkPreAuthorizedCode =
  (secrets: OfferSecrets) => async (request: FastifyRequest<{ Body: TokenRequest }>) => {
    if (request.body.grant_type !== preAuthorizedCodeGrant) return
    const { organisationId } = established(request, 'issuer')
    const code = request.body['pre-authorized_code'] ?? ''
    const offerId = secrets.preAuthorizedCodes.read(organisationId, code)
    if (!offerId) throw invalidGrant()
    request.exchange.offerId = offerId
  }
