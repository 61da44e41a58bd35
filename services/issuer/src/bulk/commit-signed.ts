import type { Transaction } from '@mikromerit/service-kit'
import { lockAwards } from '../awards/lock-awards.ts'
import { insertCopies, type NewCopy, retireExpiredCopies } from '../credentials/current-copies.ts'
import { exportName } from '../exports/formats.ts'
import type { Job } from '../jobs/job.ts'
import { insertJobCredentials } from '../jobs/job-credentials.ts'
import { type JobRowDraft, recordStep } from '../jobs/progress.ts'
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
    const fresh = signed.filter(({ copy }) => !prepared.recorded.has(copy.id)).map(toNewCopy)
    await retireExpiredCopies(tx, job.organisationId, fresh, runtime.clock.now())
    const recorded = await insertCopies(tx, job.organisationId, fresh)
    if (recorded < fresh.length) throw new StaleStep()
    const stored = signed.map(
      ({ number, awardId, copy: { format }, made: { offset, length } }) => ({
        ...{ number, awardId, format, offset, length },
      }),
    )
    await insertJobCredentials(tx, job, stored, step.signed.bytes)
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
  const rows = await lockAwards(tx, organisationId, ids)
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

const toNewCopy = ({ awardId, copy, made }: Signed): NewCopy => ({
  id: copy.id,
  awardId,
  configurationId: exportName(copy.format),
  status: copy.status,
  issuedAt: copy.issuedAt,
  expiresAt: made.expiresAt ?? undefined,
})
