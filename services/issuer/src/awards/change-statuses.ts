import { type AwardStatus, statusBits } from '@mikromerit/credentials'
import { newId, type Transaction } from '@mikromerit/service-kit'
import { and, eq, inArray } from 'drizzle-orm'
import { listStatusEntriesOf } from '../credentials/read-credentials.ts'
import type { Runtime } from '../runtime.ts'
import { writeStatuses } from '../status-lists/flip.ts'
import type { AwardRow } from './award-view.ts'
import { sealReason } from './sealed-award.ts'
import { awardStatusChanges, awards } from './table.ts'

/** Gives many locked awards of one organisation the same status, and with them their credentials. */
export async function changeStatuses(
  runtime: Runtime,
  tx: Transaction,
  rows: readonly AwardRow[],
  { to, reason, decidedBy }: { to: AwardStatus; reason: string; decidedBy: string },
): Promise<void> {
  const [first] = rows
  if (!first) return
  const { organisationId } = first
  const ids = rows.map(({ id }) => id)
  const decidedAt = runtime.clock.now()
  const changes = rows.map((row) => {
    const id = newId()
    const key = row.dataKey && runtime.vault.unwrapDataKey(row.dataKey)
    const sealed = key && sealReason(key, row, id, reason)
    return { organisationId, awardId: row.id, id, status: to, reason: sealed, decidedBy, decidedAt }
  })
  await tx.insert(awardStatusChanges).values(changes)
  await tx
    .update(awards)
    .set({ status: to })
    .where(and(eq(awards.organisationId, organisationId), inArray(awards.id, ids)))
  const entries = await listStatusEntriesOf(tx, organisationId, ids)
  await writeStatuses(tx, organisationId, entries, statusBits[to])
}
