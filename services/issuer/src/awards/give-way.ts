import { decideStatus, type ReplacementReason, statusBits } from '@mikromerit/credentials'
import type { Transaction } from '@mikromerit/service-kit'
import { and, eq } from 'drizzle-orm'
import { listStatusEntries } from '../credentials/read-credentials.ts'
import type { Runtime } from '../runtime.ts'
import { writeStatuses } from '../status-lists/flip.ts'
import type { AwardRow } from './award-view.ts'
import { recordChange } from './change-status.ts'
import { awards } from './table.ts'

/**
 * Revokes a locked award in favour of another one, with all its credentials. The register's reference becomes free: it
 * names the award in force.
 */
export async function giveWay(
  runtime: Runtime,
  tx: Transaction,
  old: AwardRow,
  { reason, decidedBy }: { readonly reason: ReplacementReason; readonly decidedBy: string },
): Promise<void> {
  const { organisationId, id } = old
  const decision = decideStatus(old.status, 'revoked', reason, runtime.clock.now())
  // An award that was revoked already gives way as it is.
  if (decision.ok) {
    await recordChange(runtime.vault, tx, old, { ...decision.change, decidedBy })
    const entries = await listStatusEntries(tx, organisationId, id)
    await writeStatuses(tx, organisationId, entries, statusBits.revoked)
  }
  await tx
    .update(awards)
    .set({ sourceReference: null })
    .where(and(eq(awards.organisationId, organisationId), eq(awards.id, id)))
}
