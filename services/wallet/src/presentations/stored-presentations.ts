import { Problem, type Transaction } from '@mikromerit/service-kit'
import { and, eq } from 'drizzle-orm'
import type { Holder } from '../holders/holders.ts'
import { type PurgeContext, purgeTable } from '../retention/purge-table.ts'
import type { CheckedRequest } from './check-request.ts'
import { presentations } from './table.ts'
import type { Verifier } from './verifier.ts'

/** What is sealed in a request's row: all that is needed to answer it. */
export interface StoredRequest {
  readonly verifier: Verifier
  readonly request: Omit<CheckedRequest, 'expiresAt' | 'purpose'>
  readonly purpose?: NonNullable<CheckedRequest['purpose']>
}

export interface ClaimedRequest {
  readonly id: string
  readonly content: StoredRequest
  /** Marks this claim: whoever comes back after the lease was given to another writes nothing. */
  readonly lease: Date
}

// Longer than one answer may take to be sent.
const leaseMilliseconds = 60_000

export async function saveRequest(
  tx: Transaction,
  holder: Holder,
  row: { id: string; content: StoredRequest; expiresAt: Date; createdAt: Date },
): Promise<void> {
  await tx.insert(presentations).values({
    holderId: holder.id,
    id: row.id,
    sealedRequest: holder.dataKey.sealJson(row.content, contextOf(holder, row.id)),
    expiresAt: row.expiresAt,
    createdAt: row.createdAt,
  })
}

/** Takes the request for one answer; of two at once, one gets it (S-01). */
export async function claimRequest(
  tx: Transaction,
  holder: Holder,
  id: string,
  now: Date,
): Promise<ClaimedRequest> {
  const [row] = await tx
    .select()
    .from(presentations)
    .where(keyOf(holder, id))
    .limit(1)
    .for('update')
  if (!row) throw new Problem('presentation-not-found')
  refuseUnusable(row, now)
  const lease = new Date(now.getTime() + leaseMilliseconds)
  await tx
    .update(presentations)
    .set({ state: 'sending', leasedUntil: lease })
    .where(keyOf(holder, id))
  const content = holder.dataKey.openJson<StoredRequest>(row.sealedRequest, contextOf(holder, id))
  return { id, content, lease }
}

/** Ends a claim: back to pending for another try, or for good. */
export async function endClaim(
  tx: Transaction,
  holder: Holder,
  claimed: ClaimedRequest,
  state: 'pending' | 'submitted' | 'declined' | 'failed',
): Promise<void> {
  await tx
    .update(presentations)
    .set({ state, leasedUntil: null })
    .where(
      and(
        keyOf(holder, claimed.id),
        eq(presentations.state, 'sending'),
        eq(presentations.leasedUntil, claimed.lease),
      ),
    )
}

/** Forgets requests that expired before a moment, of all learners. */
export const purgePresentations = (context: PurgeContext, before: Date): Promise<void> =>
  purgeTable(context, presentations, before)

function refuseUnusable(row: typeof presentations.$inferSelect, now: Date): void {
  if (row.state === 'submitted' || row.state === 'declined' || row.state === 'failed')
    throw new Problem('presentation-already-answered')
  if (row.state === 'sending' && row.leasedUntil && row.leasedUntil > now)
    throw new Problem('presentation-in-progress')
  if (row.expiresAt <= now) throw new Problem('presentation-expired')
}

const keyOf = (holder: Holder, id: string) =>
  and(eq(presentations.holderId, holder.id), eq(presentations.id, id))
const contextOf = (holder: Holder, id: string) => `presentations/${holder.id}/${id}`
