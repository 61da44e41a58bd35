import { type DataKey, Problem } from '@mikromerit/service-kit'
import { and, asc, desc, eq, gt, lt, ne } from 'drizzle-orm'
import type { Runtime } from '../runtime.ts'
import { contextOf, isJob, type JobPlace, type JobRecord } from './job.ts'
import type { Job, JobRow, JobRowQuery } from './schemas.ts'
import type { JobKind } from './states.ts'
import { jobRows, jobs } from './table.ts'

/** A job as the API shows it. */
export const toJob = (row: JobRecord): Job => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  dryRun: row.isDryRun,
  phase: row.phase,
  progress: {
    ...(row.total !== null && { total: row.total }),
    done: row.done,
    succeeded: row.succeeded,
    unchanged: row.unchanged,
    refused: row.refused,
  },
  findings: row.findings,
  createdBy: row.createdBy,
  createdAt: row.createdAt.toISOString(),
  ...(row.startedAt && { startedAt: row.startedAt.toISOString() }),
  ...(row.finishedAt && { finishedAt: row.finishedAt.toISOString() }),
})

/** @throws Problem job-not-found */
export const readJob = async (runtime: Runtime, place: JobPlace): Promise<Job> =>
  toJob(await findJob(runtime, place))

const findJob = ({ database }: Runtime, place: JobPlace): Promise<JobRecord> =>
  database.inOrganisation(place.organisationId, async (tx) => {
    // What is still being received was not answered for yet.
    const [row] = await tx
      .select()
      .from(jobs)
      .where(and(isJob(place), ne(jobs.state, 'receiving')))
      .limit(1)
    if (!row) throw new Problem('job-not-found')
    return row
  })

export async function countRefused({ database }: Runtime, place: JobPlace): Promise<number> {
  const [row] = await database.inOrganisation(place.organisationId, (tx) =>
    tx.select({ refused: jobs.refused }).from(jobs).where(isJob(place)).limit(1),
  )
  return row?.refused ?? 0
}

interface JobPage {
  readonly limit: number
  readonly after: string | undefined
  readonly kind: JobKind | undefined
}

/** An organisation's jobs, the newest first. */
export const listJobs = (
  { database }: Runtime,
  organisationId: string,
  { limit, after, kind }: JobPage,
): Promise<Job[]> =>
  database.inOrganisation(organisationId, async (tx) => {
    const rows = await tx
      .select()
      .from(jobs)
      .where(
        and(
          eq(jobs.organisationId, organisationId),
          ne(jobs.state, 'receiving'),
          after === undefined ? undefined : lt(jobs.id, after),
          kind === undefined ? undefined : eq(jobs.kind, kind),
        ),
      )
      .orderBy(desc(jobs.id))
      .limit(limit)
    return rows.map(toJob)
  })

/** What is kept sealed of a row. */
interface Details extends Omit<JobRow, 'number' | 'outcome' | 'awardId'> {
  readonly row?: number
  readonly cells?: readonly string[]
}

export interface OpenedRow extends JobRow {
  /** The row as it stood in the file, when it was refused. */
  readonly cells: readonly string[]
}

interface RowPage extends Omit<JobRowQuery, 'cursor'> {
  readonly after: number
}

/**
 * What became of a job's rows, in their order.
 * @throws Problem job-not-found
 */
export async function listRows(
  runtime: Runtime,
  place: JobPlace,
  page: RowPage,
): Promise<OpenedRow[]> {
  const { dataKey } = await findJob(runtime, place)
  return selectRows(runtime, place, runtime.vault.unwrapDataKey(dataKey), page)
}

const selectRows = (
  { database }: Runtime,
  place: JobPlace,
  key: DataKey,
  { after, limit, outcome }: RowPage,
): Promise<OpenedRow[]> =>
  database.inOrganisation(place.organisationId, async (tx) => {
    const rows = await tx
      .select()
      .from(jobRows)
      .where(
        and(
          eq(jobRows.organisationId, place.organisationId),
          eq(jobRows.jobId, place.id),
          gt(jobRows.number, after),
          outcome === undefined ? undefined : eq(jobRows.outcome, outcome),
        ),
      )
      .orderBy(asc(jobRows.number))
      .limit(limit)
    return rows.map(({ number, outcome: became, awardId, details }) => {
      const {
        row: _,
        cells = [],
        ...told
      } = (details && key.openJson<Details>(details, contextOf(place, `rows/${number}`))) ?? {}
      return { number, outcome: became, ...(awardId && { awardId }), ...told, cells }
    })
  })

const pageRows = 500

export interface RefusedRows {
  /** The header of the file. */
  readonly header: readonly string[]
  readonly rows: AsyncGenerator<OpenedRow>
}

/**
 * All refused rows of a job, a page in memory at a time.
 * @throws Problem job-not-found
 */
export async function readRefusedRows(runtime: Runtime, place: JobPlace): Promise<RefusedRows> {
  const job = await findJob(runtime, place)
  const key = runtime.vault.unwrapDataKey(job.dataKey)
  const header = job.header ? key.openJson<string[]>(job.header, contextOf(place, 'header')) : []
  return { header, rows: eachRefused(runtime, place, key) }
}

async function* eachRefused(
  runtime: Runtime,
  place: JobPlace,
  key: DataKey,
): AsyncGenerator<OpenedRow> {
  let after = -1
  for (;;) {
    const page = { after, limit: pageRows, outcome: 'refused' as const }
    const rows = await selectRows(runtime, place, key, page)
    yield* rows
    after = rows.at(-1)?.number ?? after
    if (rows.length < pageRows) return
  }
}
