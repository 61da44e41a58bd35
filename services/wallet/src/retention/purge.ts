import { purgeAnswers } from '../idempotency/answer-once.ts'
import { purgeOffers } from '../offers/stored-offers.ts'
import { purgePresentations } from '../presentations/stored-presentations.ts'
import { purgeShares } from '../shares/shares.ts'
import type { PurgeContext } from './purge-table.ts'

/** Whoever comes back late still learns that it is too late, for a day. */
const graceMilliseconds = 24 * 60 * 60 * 1_000

/** Deletes offers, requests, links and recorded answers that are of no more use, of all learners. */
export async function purgeExpired(context: PurgeContext): Promise<void> {
  const now = context.clock.now()
  const graceEnd = new Date(now.getTime() - graceMilliseconds)
  await purgeOffers(context, graceEnd)
  await purgePresentations(context, graceEnd)
  await purgeAnswers(context, now)
  await purgeShares(context, now)
}
