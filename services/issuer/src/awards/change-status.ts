import { decideStatus, type StatusChange, statusBits } from '@mikromerit/credentials'
import {
  type Answer,
  newId,
  Problem,
  runOnce,
  type Transaction,
  type Vault,
} from '@mikromerit/service-kit'
import { and, eq } from 'drizzle-orm'
import { listStatusEntries } from '../credentials/read-credentials.ts'
import type { Runtime } from '../runtime.ts'
import { writeStatuses } from '../status-lists/flip.ts'
import type { AwardRow } from './award-view.ts'
import { lockAward } from './lock-award.ts'
import { showAward } from './read-awards.ts'
import type { Award, AwardParams, StatusChangeDraft } from './schemas.ts'
import { sealReason } from './sealed-award.ts'
import { awardStatusChanges, awards } from './table.ts'

interface ChangeRequest {
  readonly draft: StatusChangeDraft
  readonly decidedBy: string
  readonly idempotencyKey: string | undefined
}

/**
 * Revokes, suspends or reinstates an award, and with it every credential made from it: the award, the
 * record of the decision and the bits in the status lists change together or not at all.
 * @throws Problem award-not-found, status-unchanged, revocation-is-final, reason-missing
 */
export const changeStatus = (
  runtime: Runtime,
  { organisation: organisationId, award: id }: AwardParams,
  { draft, decidedBy, idempotencyKey: key }: ChangeRequest,
): Promise<Answer<Award>> =>
  runtime.database.inOrganisation(organisationId, (tx) =>
    runOnce(
      tx,
      { ...runtime, owner: organisationId, key, fingerprint: ['changeAwardStatus', id, draft] },
      async () => {
        const row = await lockAward(tx, organisationId, id)
        const decision = decideStatus(row.status, draft.status, draft.reason, runtime.clock.now())
        if (!decision.ok) throw new Problem(decision.code)
        await recordChange(runtime.vault, tx, row, { ...decision.change, decidedBy })
        // Read after the award is locked: a credential under way is recorded before, or refused.
        const entries = await listStatusEntries(tx, organisationId, id)
        await writeStatuses(tx, organisationId, entries, statusBits[draft.status])
        const changed = { ...row, status: draft.status }
        return { status: 200, body: await showAward(runtime.vault, tx, changed) }
      },
    ),
  )

/** Notes a decision on an award, and what its status is from now on. */
export async function recordChange(
  vault: Vault,
  tx: Transaction,
  { organisationId, id, dataKey }: AwardRow,
  { to, reason, at, decidedBy }: StatusChange & { readonly decidedBy: string },
) {
  const changeId = newId()
  const key = dataKey && vault.unwrapDataKey(dataKey)
  await tx.insert(awardStatusChanges).values({
    organisationId,
    awardId: id,
    id: changeId,
    status: to,
    reason: key && sealReason(key, { organisationId, id }, changeId, reason),
    decidedBy,
    decidedAt: at,
  })
  await tx
    .update(awards)
    .set({ status: to })
    .where(and(eq(awards.organisationId, organisationId), eq(awards.id, id)))
}
