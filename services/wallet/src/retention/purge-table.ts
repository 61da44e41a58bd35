import { sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { WalletContext } from '../context.ts'

export type PurgeContext = Pick<WalletContext, 'database' | 'clock'>

const batch = 500

/**
 * Deletes what expired before a moment, of all learners: the one look across them. Row-level security
 * opens for it exactly those rows (see the migration's policies).
 */
export async function purgeTable(
  { database }: Pick<PurgeContext, 'database'>,
  table: PgTable,
  before: Date,
): Promise<void> {
  const limit = before.toISOString()
  let deleted = batch
  while (deleted === batch)
    deleted = await database.transaction(async (tx) => {
      await tx.execute(sql`select set_config('mikromerit.purge_before', ${limit}, true)`)
      const { rowCount } = await tx.execute(
        sql`delete from ${table} where ctid = any(array(
          select ctid from ${table} where expires_at < ${limit}::timestamptz limit ${batch}))`,
      )
      return rowCount ?? 0
    })
}
