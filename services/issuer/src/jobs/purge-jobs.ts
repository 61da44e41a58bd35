import type { Transaction } from '@mikromerit/service-kit'
import { and, eq, inArray, lt, or } from 'drizzle-orm'
import { jobs } from './table.ts'

const dayMs = 24 * 3_600_000
/** An upload that broke off is of no use to anybody. */
const unfinishedUploadMs = dayMs

/** Deletes jobs that ended long ago, with the key of all they hold about learners, and uploads that broke off. */
export async function purgeJobs(
  tx: Transaction,
  organisationId: string,
  { now, keptDays }: { readonly now: Date; readonly keptDays: number },
) {
  const old = await tx
    .select({ id: jobs.id })
    .from(jobs)
    .where(
      and(
        eq(jobs.organisationId, organisationId),
        or(
          lt(jobs.finishedAt, new Date(now.getTime() - keptDays * dayMs)),
          and(
            eq(jobs.state, 'receiving'),
            lt(jobs.createdAt, new Date(now.getTime() - unfinishedUploadMs)),
          ),
        ),
      ),
    )
    .limit(1_000)
  if (old.length === 0) return
  const ids = old.map(({ id }) => id)
  await tx.delete(jobs).where(and(eq(jobs.organisationId, organisationId), inArray(jobs.id, ids)))
}
