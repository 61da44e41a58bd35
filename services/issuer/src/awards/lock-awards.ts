import type { Transaction } from '@mikromerit/service-kit'
import { and, eq, inArray } from 'drizzle-orm'
import { awards } from './table.ts'

/** Awards and how they stand, locked against a change of that until the transaction ends; in the order of their ids. */
export const lockAwards = (tx: Transaction, organisationId: string, ids: readonly string[]) =>
  tx
    .select({ id: awards.id, status: awards.status, erasedAt: awards.erasedAt })
    .from(awards)
    .where(and(eq(awards.organisationId, organisationId), inArray(awards.id, [...ids])))
    .orderBy(awards.id)
    .limit(ids.length)
    .for('no key update')

/** What opens what is stored of awards elsewhere, and what their register calls them; nothing of erased ones. */
export async function findDataKeys(
  tx: Transaction,
  organisationId: string,
  ids: readonly string[],
): Promise<
  ReadonlyMap<string, { readonly dataKey: Buffer; readonly sourceReference: string | null }>
> {
  if (ids.length === 0) return new Map()
  const { id, dataKey, sourceReference } = awards
  const rows = await tx
    .select({ id, dataKey, sourceReference })
    .from(awards)
    .where(and(eq(awards.organisationId, organisationId), inArray(id, [...ids])))
    .limit(ids.length)
  return new Map(
    rows.flatMap((row) =>
      row.dataKey
        ? [[row.id, { dataKey: row.dataKey, sourceReference: row.sourceReference }] as const]
        : [],
    ),
  )
}
