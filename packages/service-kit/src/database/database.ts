import { NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg, { type Pool } from 'pg'
import type { Logger } from 'pino'
import { asConnectionError } from './database-error.ts'
import { dialect, QuietSession } from './quiet-session.ts'
import { beginInOrganisation, runTransaction, type Transaction } from './transaction.ts'

/** A service's own database. */
export interface Database {
  /** for single statements; errors are DatabaseErrors, as everywhere here */
  readonly drizzle: NodePgDatabase
  /** the driver's pool, for what drizzle cannot say; its errors may quote values: do not log them */
  readonly pool: Pool
  /** One transaction, read committed. Rows under row-level security stay hidden: see inOrganisation. */
  transaction<T>(run: (tx: Transaction) => Promise<T>): Promise<T>
  /** One transaction that sees and writes the rows of one organisation only (row-level security). */
  inOrganisation<T>(organisationId: string, run: (tx: Transaction) => Promise<T>): Promise<T>
  /** Asks the server for a sign of life; throws a DatabaseError without one. */
  ping(): Promise<void>
  close(): Promise<void>
}

export interface DatabaseOptions {
  readonly url: string
  /** name shown in pg_stat_activity */
  readonly applicationName: string
  /** most connections at once */
  readonly poolSize: number
  readonly logger?: Pick<Logger, 'warn'> | undefined
}

const statementTimeoutMs = 30_000
const connectTimeoutMs = 5_000

/** Connects lazily: nothing is sent until the first query. */
export function connectDatabase(options: DatabaseOptions): Database {
  const pool = createPool(options)
  let closing: Promise<void> | undefined
  return {
    drizzle: new NodePgDatabase(dialect, new QuietSession(pool), undefined),
    pool,
    transaction: (run) => runTransaction(pool, 'BEGIN', run),
    inOrganisation: (organisationId, run) =>
      runTransaction(pool, beginInOrganisation(organisationId), run),
    ping: () => pingPool(pool),
    close: () => {
      closing ??= pool.end()
      return closing
    },
  }
}

function createPool({ url, applicationName, poolSize, logger }: DatabaseOptions): Pool {
  // The driver's types do not know `pipeline` yet.
  const settings: pg.PoolConfig & { readonly pipeline: boolean } = {
    connectionString: url,
    application_name: applicationName,
    max: poolSize,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: statementTimeoutMs,
    // Statements that do not wait for each other's answers share a round trip.
    pipeline: true,
  }
  const pool = new pg.Pool(settings)
  // An idle connection errors when the server goes away: without a listener the process would end.
  pool.on('error', (error) =>
    logger?.warn({ code: asConnectionError(error).code }, 'a database connection was lost'),
  )
  // So does one in use; the query under way fails with it, which is how its user learns.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

async function pingPool(pool: Pool): Promise<void> {
  try {
    await pool.query('SELECT 1')
  } catch (error) {
    throw asConnectionError(error)
  }
}
