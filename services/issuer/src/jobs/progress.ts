import type { ImportFinding } from '@mikromerit/exchange'
import type { DataKey, Transaction } from '@mikromerit/service-kit'
import { sql } from 'drizzle-orm'
import type { Runtime } from '../runtime.ts'
import { contextOf, isJob, type Job, type JobPlace } from './job.ts'
import { dequeueJob, holdLease } from './queue.ts'
import type { JobState, RowOutcome } from './states.ts'
import { jobFiles, jobRows, jobs } from './table.ts'

/** What became of one row of a file, or of one award. */
export interface JobRowDraft {
  readonly number: number
  readonly outcome: RowOutcome
  readonly awardId?: string | undefined
  /** Sealed under the job's key. */
  readonly details?: object | undefined
  /** Counted, and not worth a row of its own. */
  readonly isPlain?: boolean
}

export interface Step {
  /** Everything up to here is done once this step is committed. */
  readonly position: string
  readonly rows: readonly JobRowDraft[]
}

/**
 * Records a step in the transaction that did it: both or neither, and only by whoever has the lease.
 * @throws LeaseLost
 */
export async function recordStep(
  { config }: Runtime,
  tx: Transaction,
  job: Job,
  { position, rows }: Step,
): Promise<void> {
  await holdLease(tx, job.lease, config.JOB_LEASE_SECONDS)
  await insertRows(
    tx,
    job,
    rows.filter(({ isPlain }) => !isPlain),
  )
  const count = (...outcomes: readonly RowOutcome[]) =>
    rows.filter(({ outcome }) => outcomes.includes(outcome)).length
  await tx
    .update(jobs)
    .set({
      position,
      done: sql`${jobs.done} + ${rows.length}`,
      succeeded: sql`${jobs.succeeded} + ${count('accepted', 'done')}`,
      unchanged: sql`${jobs.unchanged} + ${count('unchanged')}`,
      refused: sql`${jobs.refused} + ${count('refused')}`,
    })
    .where(isJob(job))
}

/** One statement whatever the number of rows. */
async function insertRows(tx: Transaction, job: Job, rows: readonly JobRowDraft[]): Promise<void> {
  if (rows.length === 0) return
  const column = (values: readonly unknown[]) => sql.param(values)
  await tx.execute(sql`
    INSERT INTO ${jobRows} (organisation_id, job_id, number, outcome, award_id, details)
    SELECT ${job.organisationId}, ${job.id}::uuid, * FROM unnest(
      ${column(rows.map(({ number }) => number))}::int[],
      ${column(rows.map(({ outcome }) => outcome))}::text[],
      ${column(rows.map(({ awardId }) => awardId ?? null))}::uuid[],
      ${column(rows.map((row) => sealDetails(job.key, job, row)))}::bytea[])
    ON CONFLICT (organisation_id, job_id, number) DO UPDATE
      SET outcome = excluded.outcome, award_id = excluded.award_id, details = excluded.details`)
}

const sealDetails = (key: DataKey, place: JobPlace, { number, details }: JobRowDraft) =>
  details === undefined ? null : key.sealJson(details, contextOf(place, `rows/${number}`))

interface Opening {
  readonly header?: readonly string[]
  readonly total?: number
  readonly findings?: readonly ImportFinding[]
}

/**
 * Notes what a job learned before, or apart from, its rows.
 * @throws LeaseLost
 */
export async function noteOpening(
  { config }: Runtime,
  tx: Transaction,
  job: Job,
  { header, total, findings }: Opening,
): Promise<void> {
  await holdLease(tx, job.lease, config.JOB_LEASE_SECONDS)
  const noted = {
    ...(header && { header: job.key.sealJson(header, contextOf(job, 'header')) }),
    ...(total !== undefined && { total }),
    ...(findings && { findings: [...findings] }),
  }
  if (Object.keys(noted).length > 0) await tx.update(jobs).set(noted).where(isJob(job))
}

/**
 * Begins a job's next phase: its rows are gone through from the start, and counted anew.
 * @throws LeaseLost
 */
export async function beginPhase(
  { config }: Runtime,
  tx: Transaction,
  job: Job,
  phase: string,
): Promise<void> {
  await holdLease(tx, job.lease, config.JOB_LEASE_SECONDS)
  await tx
    .update(jobs)
    .set({
      phase,
      position: '',
      total: sql`${jobs.done}`,
      done: 0,
      succeeded: 0,
      unchanged: 0,
      refused: 0,
    })
    .where(isJob(job))
}

/**
 * Ends a job. Its file is deleted; what became of its rows stays until it is purged.
 * @throws LeaseLost
 */
export async function finishJob(
  { config, clock }: Runtime,
  tx: Transaction,
  job: Pick<Job, 'organisationId' | 'id' | 'lease'>,
  { state, findings }: { readonly state: JobState; readonly findings?: readonly ImportFinding[] },
): Promise<void> {
  await holdLease(tx, job.lease, config.JOB_LEASE_SECONDS)
  await tx
    .update(jobs)
    .set({
      state,
      finishedAt: clock.now(),
      ...(state === 'completed' && { total: sql`${jobs.done}` }),
      ...(findings &&
        findings.length > 0 && {
          findings: sql`${jobs.findings} || ${JSON.stringify(findings)}::jsonb`,
        }),
    })
    .where(isJob(job))
  await tx
    .delete(jobFiles)
    .where(
      sql`${jobFiles.organisationId} = ${job.organisationId} and ${jobFiles.jobId} = ${job.id}`,
    )
  await dequeueJob(tx, job.lease)
}
