import type { Writable } from 'node:stream'
import { type NodePgQueryResultHKT, NodePgTransaction } from 'drizzle-orm/node-postgres'
import type { PgTransaction } from 'drizzle-orm/pg-core'
import pg, { type Pool, type PoolClient } from 'pg'
import { asConnectionError, DatabaseError, withoutValues } from './database-error.ts'
import { dialect, QuietSession } from './quiet-session.ts'

type NoTables = Record<string, never>

/** What a transaction's queries are made on. `tx.transaction(…)` inside is a savepoint. */
export type Transaction = PgTransaction<NodePgQueryResultHKT, NoTables, NoTables>

const clients = new WeakMap<Transaction, PoolClient>()
const commits = new WeakMap<Transaction, Promise<void>>()
const unawaited = new WeakMap<Transaction, Promise<unknown>[]>()

/**
 * Begins with `begin` (simple protocol), runs, commits; rolls back when `run` fails. The connection is
 * pipelined: `begin` goes out together with the first statement, and is answered before it.
 */
export async function runTransaction<T>(
  pool: Pool,
  begin: string,
  run: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const client = await connect(pool)
  holdWrites(client)
  const statements = [quietly(query(client, begin))]
  let isBroken = false
  try {
    const session = new QuietSession(client)
    const tx = new NodePgTransaction<NoTables, NoTables>(dialect, session, undefined)
    clients.set(tx, client)
    unawaited.set(tx, statements)
    const result = await run(tx)
    const committed = commits.get(tx) ?? quietly(commit(client))
    // Where a statement fails, its own error says more than that of the COMMIT behind it.
    await Promise.all(statements)
    await committed
    return result
  } catch (error) {
    isBroken = !(await rollback(client))
    throw error
  } finally {
    client.release(isBroken)
  }
}

/**
 * Sends a statement without waiting for its answer: it comes with a later one's, or the COMMIT's, in one
 * round trip. For a write that nothing else depends on; when it fails, so does the transaction.
 */
export function withoutWaiting(tx: Transaction, send: () => Promise<unknown>): void {
  const statements = unawaited.get(tx)
  const client = clients.get(tx)
  if (!statements || !client) throw new TypeError('Not a transaction of this database')
  holdWrites(client)
  statements.push(quietly(send()))
}

/** What is sent before the event loop turns goes out in one packet: one system call, one wake-up. */
function holdWrites(client: PoolClient): void {
  // The driver's types do not show its connection.
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection
  stream.cork()
  process.nextTick(() => stream.uncork())
}

/** A promise whose failure is looked at later. */
function quietly<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined)
  return promise
}

/** The statement that opens a transaction in which row-level security shows one organisation's rows. */
export function beginInOrganisation(organisationId: string): string {
  if (organisationId === '' || organisationId.includes('\0'))
    throw new TypeError('An organisation id is not empty and holds no NUL')
  return `BEGIN; SET LOCAL mikromerit.organisation = ${pg.escapeLiteral(organisationId)}`
}

interface Prepared<T> {
  execute(values?: Record<string, unknown>): Promise<T>
}

/**
 * Runs a query prepared once (`database.drizzle.….prepare('name')`, with `sql.placeholder`s) inside a
 * transaction: no SQL is built and the server plans it once per connection. For hot paths.
 */
export async function runPrepared<T>(
  tx: Transaction,
  prepared: Prepared<T>,
  values: Record<string, unknown> = {},
): Promise<T> {
  const client = clients.get(tx)
  if (!client) throw new TypeError('Not a transaction of this database')
  const lent: Prepared<T> = Object.create(prepared, { client: { value: client } })
  return lent.execute(values)
}

/**
 * Sends COMMIT right behind the transaction's last statements, and answers what they answer: one round
 * trip less. `last` sends them before it returns. Nothing may be decided after it: what it did is
 * committed, unless one of its statements fails.
 */
export async function commitWith<T>(tx: Transaction, last: () => Promise<T>): Promise<T> {
  const client = clients.get(tx)
  if (!client) throw new TypeError('Not a transaction of this database')
  holdWrites(client)
  const answer = last()
  const committed = quietly(commit(client))
  commits.set(tx, committed)
  const result = await answer
  await committed
  return result
}

async function connect(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect()
  } catch (error) {
    throw asConnectionError(error)
  }
}

async function query(client: PoolClient, text: string): Promise<void> {
  try {
    await client.query(text)
  } catch (error) {
    throw asConnectionError(error)
  }
}

async function commit(client: PoolClient): Promise<void> {
  try {
    const { command } = await client.query('COMMIT')
    // A transaction that failed before answers COMMIT with a quiet ROLLBACK: nothing was written.
    if (command === 'ROLLBACK') throw new DatabaseError({ code: '25P02' })
  } catch (error) {
    throw withoutValues(error)
  }
}

async function rollback(client: PoolClient): Promise<boolean> {
  try {
    await client.query('ROLLBACK')
    return true
  } catch {
    return false // the connection is of no more use: the pool drops it
  }
}
