import { setImmediate } from 'node:timers/promises'
import { Problem } from '@mikromerit/service-kit'
import { and, asc, eq, gt, or } from 'drizzle-orm'
import { awards } from '../awards/table.ts'
import type { JobPlace } from '../jobs/job.ts'
import { readJob } from '../jobs/read-jobs.ts'
import type { CopyFormat } from '../jobs/states.ts'
import { jobCredentials } from '../jobs/table.ts'
import type { Runtime } from '../runtime.ts'
import { credentialContext } from '../signing/task.ts'
import type { SignedLine } from './schemas.ts'

/** Credentials in memory at once. */
const pageCredentials = 50

/**
 * What a job signed, as NDJSON: a line per credential, a page in memory at a time. Learners who were erased since are
 * not in it.
 * @throws Problem job-not-found, job-without-credentials, job-not-finished
 */
export async function readSigned(
  runtime: Runtime,
  place: JobPlace,
): Promise<AsyncGenerator<string>> {
  const job = await readJob(runtime, place)
  if (job.kind !== 'signing') throw new Problem('job-without-credentials')
  if (job.finishedAt === undefined) throw new Problem('job-not-finished')
  return eachLine(runtime, place)
}

interface Cursor {
  readonly number: number
  readonly format: CopyFormat | ''
}

async function* eachLine(runtime: Runtime, place: JobPlace): AsyncGenerator<string> {
  let after: Cursor = { number: 0, format: '' }
  for (;;) {
    const rows = await selectPage(runtime, place, after)
    const lines = rows.flatMap((row) => openLine(runtime, place, row) ?? [])
    if (lines.length > 0) yield lines.map((line) => `${JSON.stringify(line)}\n`).join('')
    const last = rows.at(-1)
    if (!last || rows.length < pageCredentials) return
    after = last
    await setImmediate()
  }
}

type Row = Awaited<ReturnType<typeof selectPage>>[number]

const selectPage = (
  { database }: Runtime,
  { organisationId, id }: JobPlace,
  { number, format }: Cursor,
) =>
  database.inOrganisation(organisationId, (tx) =>
    tx
      .select({
        number: jobCredentials.number,
        format: jobCredentials.format,
        awardId: jobCredentials.awardId,
        credential: jobCredentials.credential,
        sourceReference: awards.sourceReference,
        dataKey: awards.dataKey,
      })
      .from(jobCredentials)
      .innerJoin(
        awards,
        and(
          eq(awards.organisationId, jobCredentials.organisationId),
          eq(awards.id, jobCredentials.awardId),
        ),
      )
      .where(
        and(
          eq(jobCredentials.organisationId, organisationId),
          eq(jobCredentials.jobId, id),
          or(
            gt(jobCredentials.number, number),
            // Formats of an award whose first ones stood on the page before.
            format === ''
              ? undefined
              : and(eq(jobCredentials.number, number), gt(jobCredentials.format, format)),
          ),
        ),
      )
      .orderBy(asc(jobCredentials.number), asc(jobCredentials.format))
      .limit(pageCredentials),
  )

function openLine(
  { vault }: Runtime,
  { organisationId, id: jobId }: JobPlace,
  { format, awardId, credential, sourceReference, dataKey }: Row,
): SignedLine | undefined {
  if (!dataKey) return undefined
  const context = credentialContext({ organisationId, jobId, awardId }, format)
  const opened = vault.unwrapDataKey(dataKey).openJson<string>(credential, context)
  return {
    award: awardId,
    ...(sourceReference !== null && { sourceReference }),
    format,
    credential: opened,
  }
}
