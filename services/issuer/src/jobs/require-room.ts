import { Problem, type Transaction } from '@mikromerit/service-kit'
import { and, count, eq, gt, isNull, ne, or, sql } from 'drizzle-orm'
import type { Runtime } from '../runtime.ts'
import { jobs } from './table.ts'

/** Uploads take minutes; one that is older broke off with its process and waits to be purged. */
const longestUploadMs = 3_600_000

/**
 * Nobody keeps the workers, and the room for files, from everybody else: an organisation has so many jobs at a time
 * that have not ended.
 * @throws Problem too-many-jobs
 */
export async function requireRoom(
  { config, clock }: Pick<Runtime, 'config' | 'clock'>,
  tx: Transaction,
  organisationId: string,
): Promise<void> {
  // One after the other: else two that come at once both take the last place.
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtext(${`open jobs of ${organisationId}`}))`)
  const uploadsFrom = new Date(clock.now().getTime() - longestUploadMs)
  const [row] = await tx
    .select({ open: count() })
    .from(jobs)
    .where(
      and(
        eq(jobs.organisationId, organisationId),
        isNull(jobs.finishedAt),
        or(ne(jobs.state, 'receiving'), gt(jobs.createdAt, uploadsFrom)),
      ),
    )
  if ((row?.open ?? 0) >= config.JOB_MAX_OPEN)
    throw new Problem('too-many-jobs', { headers: { 'retry-after': '30' } })
}
