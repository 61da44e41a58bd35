import type { ReplacementReason } from '@mikromerit/credentials'
import { Problem, type Transaction } from '@mikromerit/service-kit'
import type { AwardRow } from '../awards/award-view.ts'
import { giveWay } from '../awards/give-way.ts'
import { type ContentDraft, insertAward, type PreparedAward } from '../awards/insert-award.ts'
import { findAwardRow } from '../awards/lock-award.ts'
import type { Runtime } from '../runtime.ts'
import { replacements } from './table.ts'

interface Replacement {
  /** Locked, and not replaced yet. */
  readonly old: AwardRow
  readonly prepared: PreparedAward
  readonly reason: ReplacementReason
  readonly decidedBy: string
}

/**
 * Records the award that takes another's place, in the caller's transaction.
 * @throws Problem award-exists
 */
export async function replaceAward(
  runtime: Runtime,
  tx: Transaction,
  { old, prepared, reason, decidedBy }: Replacement,
): Promise<AwardRow> {
  const { organisationId } = old
  await giveWay(runtime, tx, old, { reason, decidedBy })
  const draft = withReference(prepared.draft, old.sourceReference)
  const made = await insertAward(runtime, tx, { ...prepared, draft })
  const row = made && (await findAwardRow(tx, organisationId, made.id))
  if (!row) throw new Problem('award-exists')
  await tx.insert(replacements).values({
    organisationId,
    awardId: old.id,
    replacedBy: row.id,
    reason,
    replacedAt: runtime.clock.now(),
  })
  return row
}

/** An award that names no reference of the register takes over the one that is free. */
export const withReference = (draft: ContentDraft, reference: string | null): ContentDraft => {
  const { sourceReference = reference ?? undefined, ...rest } = draft
  return sourceReference === undefined ? rest : { ...rest, sourceReference }
}
