import { DrizzleQueryError } from 'drizzle-orm'

interface Place {
  readonly code?: string | undefined
  readonly constraint?: string | undefined
  readonly table?: string | undefined
  readonly column?: string | undefined
}

/**
 * A query failed. Carries what PostgreSQL says about the place (SQLSTATE, constraint, table, column)
 * and nothing of the values: neither message nor detail of the original, which quote them.
 */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
  /** SQLSTATE, or the system's own code (`ECONNREFUSED`) when no answer came */
  readonly code: string | undefined
  readonly constraint: string | undefined
  readonly table: string | undefined
  readonly column: string | undefined
  /** the statement, with placeholders in place of values */
  readonly query: string | undefined

  constructor(place: Place, query?: string) {
    const where = [place.table, place.column, place.constraint].filter(Boolean).join(' ')
    super(['Database error', place.code, where && `at ${where}`].filter(Boolean).join(' '))
    this.code = place.code
    this.constraint = place.constraint
    this.table = place.table
    this.column = place.column
    this.query = query
  }
}

/** What drizzle or the driver threw, without its values; any other error as it is. */
export function withoutValues(error: unknown): unknown {
  if (error instanceof DrizzleQueryError)
    return new DatabaseError(readPlace(error.cause), error.query)
  // The server's own errors carry a severity.
  if (error instanceof Error && 'severity' in error) return new DatabaseError(readPlace(error))
  return error
}

/** What went wrong between us and the server, as a DatabaseError whatever the driver threw. */
export const asConnectionError = (error: unknown): DatabaseError =>
  new DatabaseError(readPlace(error))

function readPlace(error: unknown): Place {
  const read = (name: string): string | undefined => {
    const value: unknown = error instanceof Error ? Reflect.get(error, name) : undefined
    return typeof value === 'string' ? value : undefined
  }
  return {
    // A connection that breaks has no code from the driver; PostgreSQL calls it connection_failure.
    code: read('code') ?? '08006',
    constraint: read('constraint'),
    table: read('table'),
    column: read('column'),
  }
}

/** True for a row that was there already; with a name, only for that constraint or unique index. */
export const isUniqueViolation = (error: unknown, constraint?: string): error is DatabaseError =>
  error instanceof DatabaseError &&
  error.code === '23505' &&
  (constraint === undefined || error.constraint === constraint)

// 08 connection, 53 resources, 57 operator intervention (shutdown, statement timeout)
const outageCodes = /^(08|53|57)[0-9A-Z]{3}$|^E[A-Z]{3,}$/

/** True when the database could not be asked: an outage to wait out (503), not a bug (500). */
export const isDatabaseOutage = (error: unknown): boolean =>
  error instanceof DatabaseError && error.code !== undefined && outageCodes.test(error.code)
