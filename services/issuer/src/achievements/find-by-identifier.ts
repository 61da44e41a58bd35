import type { Transaction } from '@mikromerit/service-kit'
import { and, desc, eq, sql } from 'drizzle-orm'
import { achievements } from './table.ts'

/** The id of the definition a register knows by this code: the value of one of its identifiers, newest version first. */
export async function findIdByIdentifier(
  tx: Transaction,
  organisationId: string,
  value: string,
): Promise<string | undefined> {
  const wanted = JSON.stringify([{ value }])
  const [row] = await tx
    .select({ id: achievements.id })
    .from(achievements)
    .where(
      and(
        eq(achievements.organisationId, organisationId),
        sql`${achievements.content} -> 'identifiers' @> ${wanted}::jsonb`,
      ),
    )
    .orderBy(desc(achievements.createdAt))
    .limit(1)
  return row?.id
}
