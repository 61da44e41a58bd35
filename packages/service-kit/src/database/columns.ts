import { type AnyColumn, type SQL, sql } from 'drizzle-orm'
import { customType } from 'drizzle-orm/pg-core'

/** A column of bytes: sealed data, digests, status bits. */
export const bytea = customType<{ data: Buffer; driverData: Buffer }>({
  dataType: () => 'bytea',
})

/** The condition of a CHECK for a closed set of texts: `check('awards_status', oneOf(table.status, awardStatuses))`. */
export const oneOf = (column: AnyColumn, values: readonly string[]): SQL =>
  // Written out: a CHECK cannot hold parameters.
  sql`${column} in (${sql.raw(values.map(quote).join(', '))})`

const quote = (value: string): string => `'${value.replaceAll("'", "''")}'`
