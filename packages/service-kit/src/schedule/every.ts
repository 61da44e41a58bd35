import type { Pool } from 'pg'
import type { Logger } from 'pino'
import type { Database } from '../database/database.ts'
import { withoutValues } from '../database/database-error.ts'

export interface Schedule {
  /** between the end of one run and the beginning of the next */
  readonly seconds: number
  /** names the lock: unique within the service */
  readonly name: string
  readonly database: Pick<Database, 'pool'>
  readonly run: () => Promise<void>
  readonly logger?: Pick<Logger, 'error'> | undefined
}

export interface RunningSchedule {
  /** No run begins any more; waits for the one under way. */
  stop(): Promise<void>
}

/**
 * Runs now and then on one replica at a time: whoever gets the advisory lock runs, the others skip.
 * A failing run is logged and tried again next time; the timer keeps no process alive.
 */
export function every(schedule: Schedule): RunningSchedule {
  let isStopped = false
  let timer: NodeJS.Timeout | undefined
  let underWay: Promise<void> = Promise.resolve()
  const planNext = () => {
    if (isStopped) return
    timer = setTimeout(() => {
      underWay = runOnOneReplica(schedule).finally(planNext)
    }, schedule.seconds * 1_000).unref()
  }
  planNext()
  return {
    stop: () => {
      isStopped = true
      clearTimeout(timer)
      return underWay
    },
  }
}

async function runOnOneReplica({ name, database, run, logger }: Schedule): Promise<void> {
  try {
    await withLock(database.pool, `mikromerit schedule ${name}`, run)
  } catch (error) {
    logger?.error({ schedule: name, err: withoutValues(error) }, 'a scheduled run failed')
  }
}

async function withLock(pool: Pool, name: string, run: () => Promise<void>): Promise<void> {
  const client = await pool.connect()
  let isBroken = true
  try {
    // Held in a transaction, so that it also falls behind a pooler and with a killed process.
    await client.query('BEGIN')
    await client.query('SET LOCAL idle_in_transaction_session_timeout = 0')
    const { rows } = await client.query<{ locked: boolean }>(
      'SELECT pg_try_advisory_xact_lock(hashtext($1)) AS locked',
      [name],
    )
    if (rows[0]?.locked) await run()
    await client.query('COMMIT')
    isBroken = false
  } finally {
    client.release(isBroken)
  }
}
