import type { Answer, DataKey, Transaction } from '@mikromerit/service-kit'
import { and, eq } from 'drizzle-orm'
import type { Runtime } from '../runtime.ts'
import { buildJob, contextOf, isJob, type JobPlace, type NewJob } from './job.ts'
import { enqueueJob } from './queue.ts'
import { toJob } from './read-jobs.ts'
import { requireRoom } from './require-room.ts'
import type { Job } from './schemas.ts'
import { jobs } from './table.ts'

export interface CreatedJob extends JobPlace {
  readonly key: DataKey
}

/**
 * A job whose file is on its way. Nobody works on it before it is queued.
 * @throws Problem too-many-jobs
 */
export async function createJob(runtime: Runtime, job: NewJob): Promise<CreatedJob> {
  const { key, row } = buildJob(runtime, job)
  await runtime.database.inOrganisation(row.organisationId, async (tx) => {
    await requireRoom(runtime, tx, row.organisationId)
    await tx.insert(jobs).values({ ...row, state: 'receiving' })
  })
  return { organisationId: row.organisationId, id: row.id, key }
}

/** Hands a received job over to whoever takes it from the queue. */
export async function queueJob(
  tx: Transaction,
  job: CreatedJob,
  parameters: object,
): Promise<Answer<Job>> {
  const [row] = await tx
    .update(jobs)
    .set({
      state: 'queued',
      parameters: job.key.sealJson(parameters, contextOf(job, 'parameters')),
    })
    .where(isJob(job))
    .returning()
  if (!row) throw new Error('A job was deleted while its file was received')
  await enqueueJob(tx, job)
  return { status: 202, body: toJob(row) }
}

/** Deletes what was received of a job that is not to be. */
export const discardJob = ({ database }: Runtime, job: JobPlace) =>
  database.inOrganisation(job.organisationId, (tx) =>
    tx.delete(jobs).where(and(isJob(job), eq(jobs.state, 'receiving'))),
  )

/**
 * Creates a job that needs no file, in the caller's transaction.
 * @throws Problem too-many-jobs
 */
export async function createQueuedJob(
  runtime: Runtime,
  tx: Transaction,
  job: NewJob,
): Promise<Answer<Job>> {
  await requireRoom(runtime, tx, job.organisationId)
  const { row } = buildJob(runtime, job)
  const [created] = await tx
    .insert(jobs)
    .values({ ...row, state: 'queued' })
    .returning()
  if (!created) throw new Error('A job was not created')
  await enqueueJob(tx, row)
  return { status: 202, body: toJob(created) }
}
