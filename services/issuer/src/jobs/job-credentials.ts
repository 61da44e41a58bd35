import type { Transaction } from '@mikromerit/service-kit'
import { and, asc, eq, gt, or, sql } from 'drizzle-orm'
import type { Job, JobPlace } from './job.ts'
import type { CopyFormat } from './states.ts'
import { jobCredentials } from './table.ts'

/** A credential that a job signed, as it is stored. */
export interface JobCredential {
  readonly number: number
  readonly format: CopyFormat
  readonly awardId: string
  /** Where it lies among the bytes of all of them. */
  readonly offset: number
  readonly length: number
}

/** The credentials go to the database as they came, in one piece: written as text they would be twice the size. */
export async function insertJobCredentials(
  tx: Transaction,
  job: Job,
  signed: readonly JobCredential[],
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  if (signed.length === 0) return
  const column = (read: (one: JobCredential) => unknown) => sql.param(signed.map(read))
  await tx.execute(sql`
    INSERT INTO ${jobCredentials} (organisation_id, job_id, number, format, award_id, credential)
    SELECT ${job.organisationId}, ${job.id}::uuid, number, format, award_id,
      substring(${sql.param(Buffer.from(bytes.buffer))}::bytea FROM first FOR length)
    FROM unnest(
      ${column(({ number }) => number)}::int[],
      ${column(({ format }) => format)}::text[],
      ${column(({ awardId }) => awardId)}::uuid[],
      ${column(({ offset }) => offset + 1)}::int[],
      ${column(({ length }) => length)}::int[]) AS made (number, format, award_id, first, length)`)
}

/** After which credential a page begins. */
export interface JobCredentialCursor {
  readonly number: number
  readonly format: CopyFormat | ''
}

/** What a job signed, a page in its order. */
export const pageJobCredentials = (
  tx: Transaction,
  { organisationId, id }: JobPlace,
  { after: { number, format }, limit }: { after: JobCredentialCursor; limit: number },
) =>
  tx
    .select({
      number: jobCredentials.number,
      format: jobCredentials.format,
      awardId: jobCredentials.awardId,
      credential: jobCredentials.credential,
    })
    .from(jobCredentials)
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
    .limit(limit)
