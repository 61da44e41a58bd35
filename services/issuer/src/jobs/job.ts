import { type DataKey, newId, type Vault } from '@mikromerit/service-kit'
import { and, eq, sql } from 'drizzle-orm'
import type { Runtime } from '../runtime.ts'
import type { Lease } from './queue.ts'
import type { JobKind } from './states.ts'
import { jobs } from './table.ts'

export interface JobPlace {
  readonly organisationId: string
  readonly id: string
}

/** A job somebody has the lease of, opened. */
export interface Job<Parameters = unknown> extends JobPlace {
  readonly kind: JobKind
  readonly isDryRun: boolean
  readonly parameters: Parameters
  readonly phase: string
  /** Where to go on; empty at the beginning. */
  readonly position: string
  /** How many were gone through in this phase. */
  readonly done: number
  readonly createdBy: string
  readonly createdAt: Date
  readonly key: DataKey
  readonly lease: Lease
}

export type JobRecord = typeof jobs.$inferSelect

// Part of the seal: what was copied to another job does not open.
export const contextOf = ({ organisationId, id }: JobPlace, part: string) =>
  `jobs/${organisationId}/${id}/${part}`

export const isJob = ({ organisationId, id }: JobPlace) =>
  and(eq(jobs.organisationId, organisationId), eq(jobs.id, id))

export interface NewJob {
  readonly organisationId: string
  readonly kind: JobKind
  readonly isDryRun: boolean
  readonly phase: string
  readonly parameters: unknown
  readonly createdBy: string
}

/** The row of a new job and the key that all about it is sealed under. */
export function buildJob(
  { vault, clock }: Pick<Runtime, 'vault' | 'clock'>,
  { parameters, ...job }: NewJob,
) {
  const place = { organisationId: job.organisationId, id: newId() }
  const { wrapped, key } = vault.newDataKey()
  const row = {
    ...job,
    ...place,
    dataKey: wrapped,
    parameters: key.sealJson(parameters, contextOf(place, 'parameters')),
    position: '',
    findings: [],
    createdAt: clock.now(),
  }
  return { key, row }
}

/** The job of a lease, marked as running. Undefined when it is gone. */
export const openJob = (runtime: Runtime, lease: Lease): Promise<Job | undefined> =>
  runtime.database.inOrganisation(lease.organisationId, async (tx) => {
    const [row] = await tx
      .update(jobs)
      .set({
        state: 'running',
        startedAt: sql`coalesce(${jobs.startedAt}, ${runtime.clock.now()})`,
      })
      .where(isJob({ organisationId: lease.organisationId, id: lease.jobId }))
      .returning()
    return row && { ...row, ...unseal(runtime.vault, row), lease }
  })

/** What a job's row keeps sealed. */
export function unseal(vault: Vault, row: JobRecord) {
  const key = vault.unwrapDataKey(row.dataKey)
  return { key, parameters: key.openJson<unknown>(row.parameters, contextOf(row, 'parameters')) }
}
