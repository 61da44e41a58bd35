import { newId, runPrepared, type Transaction, withoutWaiting } from '@mikromerit/service-kit'
import { findConfigurationIds } from '../openid4vci/metadata/configurations.ts'
import type { Issuer } from '../organisations/issuers.ts'
import type { Runtime } from '../runtime.ts'
import { buildCredentialOffer, buildOfferUri } from './credential-offer.ts'
import type { Offer, OfferOptions } from './schemas.ts'
import { digestTxCode, newTxCode } from './tx-codes.ts'

/**
 * Creates an offer for an award, in the caller's transaction. The answer holds the only copy of the
 * transaction code; the row keeps a keyed MAC of it.
 */
export function createOffer(
  runtime: Runtime,
  tx: Transaction,
  { issuer, awardId, options }: { issuer: Issuer; awardId: string; options: OfferOptions },
): Offer {
  const { organisationId } = issuer
  const id = newId()
  const now = runtime.clock.now()
  const lifetime = options.expiresIn ?? runtime.config.OFFER_LIFETIME_SECONDS
  const expiresAt = new Date(now.getTime() + lifetime * 1000)
  const txCode = options.txCode ? newTxCode() : undefined
  const configurationIds = findConfigurationIds(options.formats)
  const grants = options.grants ?? ['pre-authorized_code']
  const { txCodes } = runtime.offerSecrets
  const row = {
    organisationId,
    id,
    awardId,
    configurationIds,
    grants,
    txCodeMac: txCode ? digestTxCode(txCodes, organisationId, id, txCode) : null,
    expiresAt,
    createdAt: now,
  }
  withoutWaiting(tx, () => runPrepared(tx, runtime.statements.offers.insert, row))
  return {
    id,
    credentialOffer: buildCredentialOffer(runtime.offerSecrets, issuer, {
      id,
      configurationIds,
      grants,
      asksTxCode: txCode !== undefined,
    }),
    credentialOfferUri: buildOfferUri(runtime.offerSecrets, issuer, id),
    ...(txCode ? { txCode } : {}),
    expiresAt: expiresAt.toISOString(),
  }
}
