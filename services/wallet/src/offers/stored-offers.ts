import { Problem, type Transaction } from '@mikromerit/service-kit'
import { and, eq } from 'drizzle-orm'
import type { Holder } from '../holders/holders.ts'
import type { OfferedIssuer } from '../issuers/issuer-metadata.ts'
import type { AccessGrant } from '../protocol/access-grant.ts'
import type { PrivateJwk } from '../protocol/holder-key.ts'
import { type PurgeContext, purgeTable } from '../retention/purge-table.ts'
import type { OfferedConfiguration } from './offered-configuration.ts'
import type { CredentialOffer } from './parse-offer.ts'
import { offers } from './table.ts'

/** What is known of an offer, sealed in its row. */
export interface OfferContent {
  readonly offer: CredentialOffer
  readonly issuer: OfferedIssuer
  readonly configurations: readonly OfferedConfiguration[]
}

/** One credential to ask for, and the key it shall be bound to (W-15). */
export interface PlannedRequest {
  readonly configurationId: string
  readonly credentialIdentifier?: string
  readonly key: PrivateJwk
  /** Received and kept: not asked for again. */
  readonly isHeld?: boolean
}

/** A redemption that got its token: continued, not begun anew, after a failure. */
export interface RedemptionSession {
  readonly grant: AccessGrant
  readonly requests: readonly PlannedRequest[]
}

export interface ClaimedOffer {
  readonly id: string
  readonly content: OfferContent
  readonly session: RedemptionSession | undefined
  /** Marks this claim: whoever comes back after the lease was given to another writes nothing. */
  readonly lease: Date
}

/** Longer than the token request, and then all credential requests of one redemption, may take together. */
const leaseFor = (session: RedemptionSession | undefined): number =>
  30_000 + 45_000 * (session?.requests.length ?? 0)

export async function saveOffer(
  tx: Transaction,
  holder: Holder,
  offer: { id: string; content: OfferContent; expiresAt: Date; createdAt: Date },
): Promise<void> {
  await tx.insert(offers).values({
    holderId: holder.id,
    id: offer.id,
    sealedOffer: holder.dataKey.sealJson(offer.content, contextOf(holder, offer.id)),
    expiresAt: offer.expiresAt,
    createdAt: offer.createdAt,
  })
}

/**
 * Takes the offer for one redemption; of two at once, one gets it. `check` runs before anything is
 * written. Throws `offer-not-found`, `offer-expired`, `offer-in-progress` and their like.
 */
export async function claimOffer(
  tx: Transaction,
  holder: Holder,
  claim: { id: string; now: Date; check(content: OfferContent, isResumed: boolean): void },
): Promise<ClaimedOffer> {
  const row = await lockOffer(tx, holder, claim.id)
  refuseUnusable(row, claim.now)
  const content = holder.dataKey.openJson<OfferContent>(row.sealedOffer, contextOf(holder, row.id))
  const session = row.sealedSession
    ? holder.dataKey.openJson<RedemptionSession>(
        row.sealedSession,
        sessionContextOf(holder, row.id),
      )
    : undefined
  claim.check(content, session !== undefined)
  const lease = new Date(claim.now.getTime() + leaseFor(session))
  await tx
    .update(offers)
    .set({ state: 'redeeming', leasedUntil: lease })
    .where(keyOf(holder, row.id))
  return { id: row.id, content, session, lease }
}

/** Keeps the session, and the claim for as long as it may take. Throws `offer-in-progress` when it was lost. */
export async function saveSession(
  tx: Transaction,
  holder: Holder,
  claimed: ClaimedOffer,
  { session, now }: { session: RedemptionSession; now: Date },
): Promise<ClaimedOffer & { session: RedemptionSession }> {
  const sealedSession = holder.dataKey.sealJson(session, sessionContextOf(holder, claimed.id))
  const lease = new Date(now.getTime() + leaseFor(session))
  await updateClaimed(tx, holder, claimed, { sealedSession, leasedUntil: lease })
  return { ...claimed, session, lease }
}

/** Ends a claim: back to pending for another try, or for good, and then without its secrets. */
export async function endClaim(
  tx: Transaction,
  holder: Holder,
  claimed: ClaimedOffer,
  state: 'pending' | 'accepted' | 'dead',
): Promise<void> {
  await updateClaimed(tx, holder, claimed, {
    state,
    leasedUntil: null,
    ...(state === 'pending' ? {} : { sealedSession: null }),
  })
}

/** The learner does not want it: the code is forgotten with everything else in the row that could use it. */
export async function markDeclined(
  tx: Transaction,
  holder: Holder,
  { id, now }: { id: string; now: Date },
): Promise<OfferContent> {
  const row = await lockOffer(tx, holder, id)
  refuseUnusable(row, now)
  await tx
    .update(offers)
    .set({ state: 'declined', leasedUntil: null, sealedSession: null })
    .where(keyOf(holder, id))
  return holder.dataKey.openJson<OfferContent>(row.sealedOffer, contextOf(holder, id))
}

/** Forgets offers that expired before a moment, of all learners. */
export const purgeOffers = (context: PurgeContext, before: Date): Promise<void> =>
  purgeTable(context, offers, before)

async function lockOffer(tx: Transaction, holder: Holder, id: string) {
  const [row] = await tx.select().from(offers).where(keyOf(holder, id)).limit(1).for('update')
  if (!row) throw new Problem('offer-not-found')
  return row
}

function refuseUnusable(row: typeof offers.$inferSelect, now: Date): void {
  if (row.state === 'accepted') throw new Problem('offer-already-accepted')
  if (row.state === 'declined') throw new Problem('offer-declined')
  if (row.state === 'dead') throw new Problem('offer-dead')
  if (row.state === 'redeeming' && row.leasedUntil && row.leasedUntil > now)
    throw new Problem('offer-in-progress')
  if (row.expiresAt <= now) throw new Problem('offer-expired')
}

async function updateClaimed(
  tx: Transaction,
  holder: Holder,
  claimed: ClaimedOffer,
  values: Partial<typeof offers.$inferInsert>,
): Promise<void> {
  const updated = await tx
    .update(offers)
    .set(values)
    .where(
      and(
        keyOf(holder, claimed.id),
        eq(offers.state, 'redeeming'),
        eq(offers.leasedUntil, claimed.lease),
      ),
    )
    .returning({ id: offers.id })
  if (updated.length === 0) throw new Problem('offer-in-progress')
}

const keyOf = (holder: Holder, id: string) => and(eq(offers.holderId, holder.id), eq(offers.id, id))
const contextOf = (holder: Holder, id: string) => `offers/${holder.id}/${id}`
const sessionContextOf = (holder: Holder, id: string) => `offer-sessions/${holder.id}/${id}`
