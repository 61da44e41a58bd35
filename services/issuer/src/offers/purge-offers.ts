import type { Transaction } from '@mikromerit/service-kit'
import { and, eq, lt } from 'drizzle-orm'
import { firstIdAt } from '../retention/first-id.ts'
import { maxOfferLifetimeSeconds } from './limits.ts'
import { offers } from './table.ts'

/** An expired offer can be asked about for a while: why did it not work? */
const keptMs = 30 * 24 * 3_600_000

/** Deletes offers that expired long ago. */
export async function purgeOffers(tx: Transaction, organisationId: string, now: Date) {
  const oldest = new Date(now.getTime() - keptMs)
  const lastCreated = new Date(oldest.getTime() - maxOfferLifetimeSeconds * 1_000)
  await tx.delete(offers).where(
    and(
      eq(offers.organisationId, organisationId),
      // The primary key finds them: whatever was created after this is not old enough.
      lt(offers.id, firstIdAt(lastCreated)),
      lt(offers.expiresAt, oldest),
    ),
  )
}
