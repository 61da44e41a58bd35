import { connectDatabase } from '@mikromerit/service-kit'
import { vi } from 'vitest'
import type { TestWallet } from './wallet.ts'

export type Query = (
  holderId: string,
  text: string,
  values?: unknown[],
) => Promise<{ rows: Record<string, unknown>[]; rowCount: number | null }>

/** Queries as the wallet's own role, each in a transaction that sees one learner's rows. */
export async function withDatabase(
  { databaseUrl }: TestWallet,
  work: (query: Query) => Promise<void>,
): Promise<void> {
  const database = connectDatabase({ url: databaseUrl, applicationName: 'test', poolSize: 1 })
  const client = await database.pool.connect()
  try {
    await work(async (holderId, text, values) => {
      await client.query('BEGIN')
      await client.query(`SELECT set_config('mikromerit.organisation', $1, true)`, [holderId])
      const result = await client.query(text, values)
      await client.query('COMMIT')
      return result
    })
  } finally {
    client.release()
    await database.close()
  }
}

/**
 * Starts all requests while their row is locked, and lets them go when all wait for it: then they
 * really are at once.
 */
export async function race<T>(
  { databaseUrl }: TestWallet,
  row: { holderId: string; table: string; id: string },
  requests: readonly (() => Promise<T>)[],
): Promise<T[]> {
  const database = connectDatabase({ url: databaseUrl, applicationName: 'test', poolSize: 2 })
  const locker = await database.pool.connect()
  try {
    await locker.query('BEGIN')
    await locker.query(`SELECT set_config('mikromerit.organisation', $1, true)`, [row.holderId])
    await locker.query(`SELECT FROM ${row.table} WHERE id = $1 FOR UPDATE`, [row.id])
    const answers = requests.map((request) => request())
    await vi.waitFor(
      async () => {
        const { rows } = await database.pool.query(
          `SELECT count(*)::int AS waiting FROM pg_stat_activity
           WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        )
        if (rows[0].waiting < requests.length) throw new Error('not all are there yet')
      },
      { timeout: 20_000, interval: 20 },
    )
    await locker.query('COMMIT')
    return await Promise.all(answers)
  } finally {
    locker.release()
    await database.close()
  }
}
