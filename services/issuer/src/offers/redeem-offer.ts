import { commitWith, runPrepared } from '@mikromerit/service-kit'
import { and, eq, sql } from 'drizzle-orm'
import type { Runtime } from '../runtime.ts'
import { decideRedemption, type Redemption } from './redemption.ts'
import { offers } from './table.ts'
import { digestTxCode } from './tx-codes.ts'

export interface RedeemedOffer {
  readonly awardId: string
  readonly configurationIds: string[]
}

type Refused = Extract<Redemption, { ok: false }>
export type RedeemOutcome =
  | ({ ok: true } & RedeemedOffer)
  | Refused
  | { ok: false; code: 'unknown' | 'not_offered' }

interface Presented {
  readonly offerId: string
  readonly txCode: string | undefined
  /** Configurations of which each must be offered, else nothing is redeemed; all when absent. */
  readonly wanted: readonly string[] | undefined
}

/** Redeems an offer once, for whoever presents its pre-authorized code. */
export async function redeemOffer(
  runtime: Runtime,
  organisationId: string,
  presented: Presented,
): Promise<RedeemOutcome> {
  const redeemed =
    presented.txCode === undefined &&
    presented.wanted === undefined &&
    (await redeemWithoutTxCode(runtime, organisationId, presented))
  return redeemed || judgeAndRedeem(runtime, organisationId, presented)
}

/** The common case, in one round trip. Undefined when there is more to say than "redeemed". */
async function redeemWithoutTxCode(
  { database, statements, clock }: Runtime,
  organisationId: string,
  { offerId: id }: Presented,
): Promise<RedeemOutcome | undefined> {
  const values = { organisationId, id, now: clock.now() }
  const [redeemed] = await database.inOrganisation(organisationId, (tx) =>
    commitWith(tx, () => runPrepared(tx, statements.offers.redeemWithoutTxCode, values)),
  )
  return redeemed && { ok: true, ...redeemed }
}

/**
 * The row is locked while it is judged, so of two requests one wins (I-11), and a wrong transaction code
 * is counted in the same transaction as it is compared (I-13). The outcome is returned, not thrown:
 * throwing would roll the count back.
 */
const judgeAndRedeem = (
  runtime: Runtime,
  organisationId: string,
  { offerId, txCode, wanted = [] }: Presented,
): Promise<RedeemOutcome> =>
  runtime.database.inOrganisation(organisationId, async (tx) => {
    const isThisOffer = and(eq(offers.organisationId, organisationId), eq(offers.id, offerId))
    const [offer] = await tx.select().from(offers).where(isThisOffer).limit(1).for('update')
    if (!offer) return { ok: false, code: 'unknown' }

    const { txCodes } = runtime.offerSecrets
    const presented = txCode && digestTxCode(txCodes, organisationId, offerId, txCode)
    const now = runtime.clock.now()
    const decision = decideRedemption(offer, presented || undefined, now)
    // The code stays good: the wallet can ask for less, or for all.
    if (decision.ok && wanted.some((id) => !offer.configurationIds.includes(id)))
      return { ok: false, code: 'not_offered' }
    if (decision.ok) await tx.update(offers).set({ redeemedAt: now }).where(isThisOffer)
    else if (decision.code === 'tx_code_wrong')
      await tx
        .update(offers)
        .set({ wrongTxCodes: sql`${offers.wrongTxCodes} + 1` })
        .where(isThisOffer)
    return decision.ok
      ? { ok: true, awardId: offer.awardId, configurationIds: offer.configurationIds }
      : decision
  })
