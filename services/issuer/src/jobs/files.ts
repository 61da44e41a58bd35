import { createHash } from 'node:crypto'
import { Problem } from '@mikromerit/service-kit'
import { and, asc, eq } from 'drizzle-orm'
import type { Runtime } from '../runtime.ts'
import { contextOf, type Job, type JobPlace } from './job.ts'
import { jobFiles } from './table.ts'

export interface StoredFile {
  /** How it begins, to tell its format. */
  readonly head: Buffer
  readonly bytes: number
  readonly digest: string
}

const pieceBytes = 524_288

/**
 * Stores a file as it arrives, in sealed pieces: memory holds one of them.
 * @throws Problem import-too-large, import-empty
 */
export async function storeFile(
  runtime: Runtime,
  job: JobPlace & Pick<Job, 'key'>,
  source: AsyncIterable<Uint8Array>,
): Promise<StoredFile> {
  const { IMPORT_MAX_BYTES: maxBytes } = runtime.config
  const hash = createHash('sha256')
  let held: Uint8Array[] = []
  let heldBytes = 0
  let number = 0
  let bytes = 0
  let head = Buffer.alloc(0)
  const store = async () => {
    const piece = Buffer.concat(held)
    if (number === 0) head = piece.subarray(0, 1_024)
    held = []
    heldBytes = 0
    await storePiece(runtime, job, number++, piece)
  }
  for await (const chunk of source) {
    bytes += chunk.byteLength
    if (bytes > maxBytes) throw new Problem('import-too-large')
    hash.update(chunk)
    held.push(chunk)
    heldBytes += chunk.byteLength
    if (heldBytes >= pieceBytes) await store()
  }
  if (bytes === 0) throw new Problem('import-empty')
  if (heldBytes > 0) await store()
  return { head: Buffer.from(head), bytes, digest: hash.digest('base64url') }
}

const storePiece = (
  { database }: Runtime,
  job: JobPlace & Pick<Job, 'key'>,
  number: number,
  piece: Buffer,
) =>
  database.inOrganisation(job.organisationId, (tx) =>
    tx.insert(jobFiles).values({
      organisationId: job.organisationId,
      jobId: job.id,
      number,
      bytes: job.key.sealJson(piece.toString('base64'), contextOf(job, `files/${number}`)),
    }),
  )

/** The file of a job, piece by piece. */
export async function* readFile({ database }: Runtime, job: Job): AsyncGenerator<Buffer> {
  for (let number = 0; ; number++) {
    const [row] = await database.inOrganisation(job.organisationId, (tx) =>
      tx
        .select({ bytes: jobFiles.bytes })
        .from(jobFiles)
        .where(
          and(
            eq(jobFiles.organisationId, job.organisationId),
            eq(jobFiles.jobId, job.id),
            eq(jobFiles.number, number),
          ),
        )
        .orderBy(asc(jobFiles.number))
        .limit(1),
    )
    if (!row) return
    yield Buffer.from(
      job.key.openJson<string>(row.bytes, contextOf(job, `files/${number}`)),
      'base64',
    )
  }
}

/** The whole file, for formats that cannot be read as they arrive. */
export async function readWholeFile(runtime: Runtime, job: Job): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of readFile(runtime, job)) pieces.push(piece)
  return Buffer.concat(pieces)
}
