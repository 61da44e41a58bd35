import { setImmediate } from 'node:timers/promises'
import { Problem } from '@mikromerit/service-kit'
import { findDataKeys } from '../awards/lock-awards.ts'
import type { JobPlace } from '../jobs/job.ts'
import { type JobCredentialCursor, pageJobCredentials } from '../jobs/job-credentials.ts'
import { readJob } from '../jobs/read-jobs.ts'
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

async function* eachLine(runtime: Runtime, place: JobPlace): AsyncGenerator<string> {
  let after: JobCredentialCursor = { number: 0, format: '' }
  for (;;) {
    const { rows, keys } = await readPage(runtime, place, after)
    const lines = rows.flatMap((row) => openLine(runtime, place, row, keys) ?? [])
    if (lines.length > 0) yield lines.map((line) => `${JSON.stringify(line)}\n`).join('')
    const last = rows.at(-1)
    if (!last || rows.length < pageCredentials) return
    after = last
    await setImmediate()
  }
}

type Page = Awaited<ReturnType<typeof readPage>>

const readPage = ({ database }: Runtime, place: JobPlace, after: JobCredentialCursor) =>
  database.inOrganisation(place.organisationId, async (tx) => {
    const rows = await pageJobCredentials(tx, place, { after, limit: pageCredentials })
    const ids = [...new Set(rows.map(({ awardId }) => awardId))]
    return { rows, keys: await findDataKeys(tx, place.organisationId, ids) }
  })

function openLine(
  { vault }: Runtime,
  { organisationId, id: jobId }: JobPlace,
  { format, awardId, credential }: Page['rows'][number],
  keys: Page['keys'],
): SignedLine | undefined {
  const award = keys.get(awardId)
  if (!award) return undefined
  const { dataKey, sourceReference } = award
  const context = credentialContext({ organisationId, jobId, awardId }, format)
  const opened = vault.unwrapDataKey(dataKey).openJson<string>(credential, context)
  return {
    award: awardId,
    ...(sourceReference !== null && { sourceReference }),
    format,
    credential: opened,
  }
}
