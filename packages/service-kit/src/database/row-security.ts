import { is } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import type { Pool } from 'pg'

/** The names of tables whose rows belong to organisations. */
const tenantTables = (tables: Record<string, unknown>): string[] =>
  Object.values(tables)
    .filter((table) => is(table, PgTable))
    .map((table) => getTableConfig(table))
    .filter(({ columns }) => columns.some(({ name }) => name === 'organisation_id'))
    .map(({ name }) => name)

/**
 * Throws unless row-level security binds: on every table with organisation_id, for its owner too,
 * and for the role we are. The second lock of design.md section 3 must not be missing unnoticed.
 */
export async function assertRowSecurity(
  pool: Pool,
  tables: Record<string, unknown>,
): Promise<void> {
  const names = tenantTables(tables)
  if (names.length === 0) return
  const { rows } = await pool.query<{ relname: string }>(
    `SELECT relname FROM pg_class
     WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
       AND relrowsecurity AND relforcerowsecurity AND relname = ANY($1)`,
    [names],
  )
  const secured = new Set(rows.map(({ relname }) => relname))
  const open = names.filter((name) => !secured.has(name))
  if (open.length > 0)
    throw new Error(
      `Row-level security is not forced on: ${open.join(', ')}. Add it in a migration.`,
    )
}

/** True when the role we connect as is above row-level security. */
export async function bypassesRowSecurity(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ bypasses: boolean }>(
    'SELECT rolsuper OR rolbypassrls AS bypasses FROM pg_roles WHERE rolname = current_user',
  )
  return rows[0]?.bypasses ?? false
}
