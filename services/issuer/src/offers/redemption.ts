import { isSameTxCode } from './tx-codes.ts'

/** Wrong transaction codes an offer survives; the next one kills its code for good (I-13). */
export const maxWrongTxCodes = 5

export interface OfferState {
  readonly txCodeMac: Buffer | null
  readonly wrongTxCodes: number
  readonly redeemedAt: Date | null
  readonly expiresAt: Date
}

export type Redemption =
  | { ok: true }
  | { ok: false; code: 'used' | 'expired' | 'dead' | 'tx_code_missing' | 'tx_code_unexpected' }
  | { ok: false; code: 'tx_code_wrong' }

/**
 * Whether an offer may be redeemed now. Pure; the caller holds the row's lock and records the answer.
 * Whether a code is needed is told before whether the offer is used up: it is no secret, it stands
 * in the offer. The order of the rest gives nothing away: all of it answers invalid_grant.
 */
export function decideRedemption(
  offer: OfferState,
  presentedMac: Buffer | undefined,
  now: Date,
): Redemption {
  // I-12: missing though required, or sent though not expected, is a malformed request: not counted.
  if (offer.txCodeMac && !presentedMac) return { ok: false, code: 'tx_code_missing' }
  if (!offer.txCodeMac && presentedMac) return { ok: false, code: 'tx_code_unexpected' }
  if (offer.redeemedAt) return { ok: false, code: 'used' }
  if (offer.expiresAt <= now) return { ok: false, code: 'expired' }
  if (offer.wrongTxCodes >= maxWrongTxCodes) return { ok: false, code: 'dead' }
  if (offer.txCodeMac && presentedMac && !isSameTxCode(offer.txCodeMac, presentedMac))
    return { ok: false, code: 'tx_code_wrong' }
  return { ok: true }
}
