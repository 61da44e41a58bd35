import { type Database, newId, type Transaction } from '@mikromerit/service-kit'
import { and, eq, sql } from 'drizzle-orm'
import { jobQueue } from './table.ts'

/** The right to work on a job, until it runs out. Whoever dies loses it by silence. */
export interface Lease {
  readonly organisationId: string
  readonly jobId: string
  readonly token: string
  /** How often it was tried since it last got anywhere, this time included. */
  readonly attempts: number
}

/** Another replica has taken the job over: nothing more may be written here. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}

// Times of leases are the database's: the clocks of replicas differ.
const untilLeased = (seconds: number) => sql`now() + ${seconds} * interval '1 second'`

/** Puts a job where every replica looks for work. */
export const enqueueJob = (
  tx: Transaction,
  { organisationId, id: jobId }: { readonly organisationId: string; readonly id: string },
) => tx.insert(jobQueue).values({ organisationId, jobId, leasedUntil: new Date(0) })

/** The job that has waited longest, leased; undefined when none waits. Of two replicas one gets it. */
export async function claimJob(
  { drizzle }: Pick<Database, 'drizzle'>,
  leaseSeconds: number,
): Promise<Lease | undefined> {
  const token = newId()
  const { rows } = await drizzle.execute<{
    organisation_id: string
    job_id: string
    attempts: number
  }>(sql`
    UPDATE ${jobQueue} SET lease = ${token}, leased_until = ${untilLeased(leaseSeconds)}, attempts = attempts + 1
    WHERE (organisation_id, job_id) = (
      SELECT organisation_id, job_id FROM ${jobQueue} WHERE leased_until < now()
      ORDER BY job_id LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    RETURNING organisation_id, job_id, attempts`)
  const [row] = rows
  return (
    row && {
      organisationId: row.organisation_id,
      jobId: row.job_id,
      token,
      attempts: row.attempts,
    }
  )
}

const isLease = ({ organisationId, jobId, token }: Lease) =>
  and(
    eq(jobQueue.organisationId, organisationId),
    eq(jobQueue.jobId, jobId),
    eq(jobQueue.lease, token),
  )

/**
 * Prolongs the lease in the transaction that records what was done under it: work that another replica has taken over
 * is rolled back, never done twice.
 * @throws LeaseLost
 */
export async function holdLease(tx: Transaction, lease: Lease, seconds: number): Promise<void> {
  const held = await tx
    .update(jobQueue)
    .set({ leasedUntil: untilLeased(seconds), attempts: 0 })
    .where(isLease(lease))
    .returning({ jobId: jobQueue.jobId })
  if (held.length === 0) throw new LeaseLost()
}

/** Keeps a lease while work is under way that commits nothing yet. It counts as no progress. */
export const prolongLease = (
  { drizzle }: Pick<Database, 'drizzle'>,
  lease: Lease,
  seconds: number,
) =>
  drizzle
    .update(jobQueue)
    .set({ leasedUntil: untilLeased(seconds) })
    .where(isLease(lease))

/** Lets another replica, or this one, go on with it after a while. */
export const releaseJob = (
  { drizzle }: Pick<Database, 'drizzle'>,
  lease: Lease,
  afterSeconds: number,
) =>
  drizzle
    .update(jobQueue)
    .set({ lease: null, leasedUntil: untilLeased(afterSeconds) })
    .where(isLease(lease))

/** Takes a job that has ended out of the queue. */
export const dequeueJob = (tx: Transaction, lease: Lease) =>
  tx.delete(jobQueue).where(isLease(lease))
