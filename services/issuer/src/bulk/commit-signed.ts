import type { Transaction } from '@mikromerit/service-kit'
import { and, eq, inArray, lte, sql } from 'drizzle-orm'
import { awards } from '../awards/table.ts'
import { credentials } from '../credentials/table.ts'
import { exportName } from '../exports/formats.ts'
import type { Job } from '../jobs/job.ts'
import { type JobRowDraft, recordStep } from '../jobs/progress.ts'
import { jobCredentials } from '../jobs/table.ts'
import type { Runtime } from '../runtime.ts'
import type { CopyToSign, SignedCopy, SigningResult } from '../signing/task.ts'
import { findBulkRefusal, type SigningAction } from './action.ts'
import type { BulkParameters } from './create-bulk-job.ts'
import type { PreparedStep } from './prepare-signing.ts'

export interface SignedStep {
  readonly prepared: PreparedStep
  readonly signed: SigningResult
}

/** A copy was recorded by somebody else since the step was prepared. */
export class StaleStep extends Error {
  override readonly name = 'StaleStep'
}

interface Signed {
  readonly number: number
  readonly awardId: string
  readonly copy: CopyToSign
  readonly made: SignedCopy
}

/**
 * Records a step: its copies with their status, the credentials, and what became of each award, or nothing of it. The
 * awards are locked, so a revocation comes before, and the award is passed over, or after, and revokes its copies.
 * @throws LeaseLost, StaleStep
 */
export const commitStep = (
  runtime: Runtime,
  job: Job<BulkParameters<SigningAction>>,
  step: SignedStep,
): Promise<void> =>
  runtime.database.inOrganisation(job.organisationId, async (tx) => {
    const { prepared } = step
    const refusals = await lockAndJudge(runtime, tx, job, prepared.awards)
    const { rows, signed } = settle(step, refusals)
    const fresh = signed.filter(({ copy }) => !prepared.recorded.has(copy.id))
    await retireExpired(tx, job.organisationId, fresh, runtime.clock.now())
    const recorded = await insertCopies(tx, job.organisationId, fresh)
    if (recorded < fresh.length) throw new StaleStep()
    await insertCredentials(tx, job, { signed, bytes: step.signed.bytes })
    const position = prepared.awards.at(-1) ?? prepared.place.after
    await recordStep(runtime, tx, job, { position, rows })
  })

/** Why awards cannot be signed, as they stand now. */
async function lockAndJudge(
  { clock }: Runtime,
  tx: Transaction,
  { organisationId, parameters: { action } }: Job<BulkParameters<SigningAction>>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string | undefined>> {
  const rows = await tx
    .select({ id: awards.id, status: awards.status, erasedAt: awards.erasedAt })
    .from(awards)
    .where(and(eq(awards.organisationId, organisationId), inArray(awards.id, [...ids])))
    .orderBy(awards.id)
    .limit(ids.length)
    .for('no key update')
  return new Map(
    rows.map(({ id, status, erasedAt }) => {
      const facts = { status, isErased: erasedAt !== null }
      return [id, findBulkRefusal(action, facts, clock.now())]
    }),
  )
}

function settle(
  { prepared, signed: results }: SignedStep,
  refusals: ReadonlyMap<string, string | undefined>,
): { rows: JobRowDraft[]; signed: Signed[] } {
  const tasks = new Map(prepared.task.awards.map((award, at) => [award.id, { award, at }]))
  const rows: JobRowDraft[] = []
  const signed: Signed[] = []
  for (const [index, awardId] of prepared.awards.entries()) {
    const row = { number: prepared.place.done + index + 1, awardId }
    const task = tasks.get(awardId)
    const made = task && results.awards[task.at]
    const code =
      refusals.get(awardId) ?? (made ? undefined : task ? 'award-lapsed' : 'award-not-valid')
    if (code !== undefined || !made) {
      rows.push({ ...row, outcome: 'refused', details: { code } })
      continue
    }
    const copies = task.award.copies
    for (const [at, copy] of copies.entries()) {
      const one = made[at]
      if (one) signed.push({ ...row, copy, made: one })
    }
    const isNew = copies.some(({ id }) => !prepared.recorded.has(id))
    rows.push({ ...row, outcome: isNew ? 'done' : 'unchanged' })
  }
  return { rows, signed }
}

/** Copies that have run out make room for new ones. */
const retireExpired = (
  tx: Transaction,
  organisationId: string,
  fresh: readonly Signed[],
  now: Date,
) =>
  tx
    .update(credentials)
    .set({ isCurrentCopy: false })
    .where(
      and(
        eq(credentials.organisationId, organisationId),
        inArray(credentials.awardId, [...new Set(fresh.map(({ awardId }) => awardId))]),
        inArray(credentials.configurationId, namesOf(fresh)),
        credentials.isCurrentCopy,
        lte(credentials.expiresAt, now),
      ),
    )

const namesOf = (signed: readonly Signed[]) => [
  ...new Set<string>(signed.map(({ copy }) => exportName(copy.format))),
]

/** How many were recorded: fewer when somebody else was faster. One statement whatever their number. */
async function insertCopies(
  tx: Transaction,
  organisationId: string,
  fresh: readonly Signed[],
): Promise<number> {
  if (fresh.length === 0) return 0
  const column = (read: (one: Signed) => unknown) => sql.param(fresh.map(read))
  const { rowCount } = await tx.execute(sql`
    INSERT INTO ${credentials} (organisation_id, is_current_copy, id, award_id, configuration_id, status_list_number,
      status_index, issued_at, expires_at)
    SELECT ${organisationId}, true, * FROM unnest(
      ${column(({ copy }) => copy.id)}::uuid[],
      ${column(({ awardId }) => awardId)}::uuid[],
      ${column(({ copy }) => exportName(copy.format))}::text[],
      ${column(({ copy }) => copy.status.listNumber)}::int[],
      ${column(({ copy }) => copy.status.index)}::int[],
      ${column(({ copy }) => copy.issuedAt.toISOString())}::timestamptz[],
      ${column(({ made }) => made.expiresAt?.toISOString() ?? null)}::timestamptz[])
    ON CONFLICT (organisation_id, award_id, configuration_id) WHERE is_current_copy DO NOTHING`)
  return rowCount ?? 0
}

/** The credentials go to the database as they came from the thread, in one piece: written as text they would be twice the size. */
async function insertCredentials(
  tx: Transaction,
  job: Job,
  {
    signed,
    bytes,
  }: { readonly signed: readonly Signed[]; readonly bytes: Uint8Array<ArrayBuffer> },
) {
  if (signed.length === 0) return
  const column = (read: (one: Signed) => unknown) => sql.param(signed.map(read))
  await tx.execute(sql`
    INSERT INTO ${jobCredentials} (organisation_id, job_id, number, format, award_id, credential)
    SELECT ${job.organisationId}, ${job.id}::uuid, number, format, award_id,
      substring(${sql.param(Buffer.from(bytes.buffer))}::bytea FROM first FOR length)
    FROM unnest(
      ${column(({ number }) => number)}::int[],
      ${column(({ copy }) => copy.format)}::text[],
      ${column(({ awardId }) => awardId)}::uuid[],
      ${column(({ made }) => made.offset + 1)}::int[],
      ${column(({ made }) => made.length)}::int[]) AS made (number, format, award_id, first, length)`)
}
