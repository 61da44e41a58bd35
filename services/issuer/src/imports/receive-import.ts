import { detectFormat, type ImportFormat } from '@mikromerit/exchange'
import { type Answer, Problem, runOnce } from '@mikromerit/service-kit'
import { findDefinition } from '../achievements/find-definition.ts'
import { createJob, discardJob, queueJob } from '../jobs/create-job.ts'
import { storeFile } from '../jobs/files.ts'
import type { Job } from '../jobs/schemas.ts'
import type { Runtime } from '../runtime.ts'
import type { ImportParameters } from './parameters.ts'
import type { ImportQuery } from './schemas.ts'

export interface ReceivedFile {
  readonly source: AsyncIterable<Uint8Array>
  readonly mediaType: string | undefined
}

interface ImportRequest {
  readonly file: ReceivedFile
  readonly query: ImportQuery
  readonly createdBy: string
  readonly idempotencyKey: string | undefined
}

/**
 * Takes a file in and queues its import. The file is stored sealed as it arrives; when the upload breaks off, or is
 * refused, nothing of it stays.
 * @throws Problem too-many-jobs, import-too-large, import-empty, achievement-not-found, not-delegated, achievement-archived,
 *   achievement-not-published
 */
export async function receiveImport(
  runtime: Runtime,
  organisationId: string,
  { file, query, createdBy, idempotencyKey }: ImportRequest,
): Promise<Answer<Job>> {
  const { dryRun: isDryRun, format, ...options } = query
  await requireAwardable(runtime, organisationId, query.achievementId)
  const phase = isDryRun || query.onErrors === 'refuse' ? 'checking' : 'recording'
  const job = await createJob(runtime, {
    ...{ organisationId, kind: 'import', isDryRun, phase, createdBy },
    parameters: {},
  })
  try {
    const stored = await storeFile(runtime, job, file.source)
    const parameters: ImportParameters = {
      ...options,
      format: format ?? formatOf(file.mediaType) ?? detectFormat(stored.head),
    }
    const fingerprint = ['createImport', isDryRun, parameters, stored.digest]
    const answer = await runtime.database.inOrganisation(organisationId, (tx) =>
      runOnce(tx, { ...runtime, owner: organisationId, key: idempotencyKey, fingerprint }, () =>
        queueJob(tx, job, parameters),
      ),
    )
    // The very same request came before: its job is the answer.
    if (answer.body.id !== job.id) await discardJob(runtime, job)
    runtime.jobBell.ring()
    return answer
  } catch (error) {
    await discardJob(runtime, job)
    throw error
  }
}

async function requireAwardable(runtime: Runtime, organisationId: string, id: string | undefined) {
  if (id === undefined) return
  const { definition } = await findDefinition(runtime, organisationId, id)
  if (definition.status === 'draft') throw new Problem('achievement-not-published')
  if (definition.status === 'archived') throw new Problem('achievement-archived')
}

const formats: Readonly<Record<string, ImportFormat>> = {
  'text/csv': 'csv',
  'application/json': 'json',
  'application/x-ndjson': 'json',
  'application/xml': 'elmo',
  'text/xml': 'elmo',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
}

/** Browsers and programs say octet-stream, or what their system thinks a .csv file is: then its beginning decides. */
const formatOf = (mediaType = ''): ImportFormat | undefined =>
  formats[mediaType.split(';', 1)[0]?.trim().toLowerCase() ?? '']
