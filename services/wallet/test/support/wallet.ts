import { join } from 'node:path'
import { type App, type Clock, connectDatabase, createLogger } from '@mikromerit/service-kit'
import {
  type FixedClock,
  fixedClock,
  startTestDatabase,
  testAccessToken,
  testConfig,
} from '@mikromerit/service-kit/testing'
import { buildWallet, type WalletConfig, walletConfigSchema } from '../../src/index.ts'
import { purgeExpired } from '../../src/retention/purge.ts'

export type Answer = Awaited<ReturnType<App['inject']>>

/** One learner, with a token of their own. */
export interface Learner {
  readonly id: string
  get(path: string): Promise<Answer>
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  delete(path: string, headers?: Record<string, string>): Promise<Answer>
}

export interface TestWallet {
  readonly app: App
  readonly clock: FixedClock
  readonly config: WalletConfig
  readonly databaseUrl: string
  /** What was logged, line by line. */
  readonly logs: string[]
  /** Acts as this subject; without one as a learner nobody has seen before. */
  as(subject?: string): Learner
  /** Acts with a token of another issuer. */
  withToken(token: string, subject: string): Learner
  /** An access token for a subject. */
  token(scope: string, subject: string): Promise<string>
  /** Rows of a table, across all learners. */
  rows(table: string): Promise<Record<string, unknown>[]>
  /** How many rows each table has: what a refusal must not change. */
  counts(): Promise<Record<string, number>>
  /** Runs the purge that is otherwise scheduled. */
  purge(): Promise<void>
  /** Another process on the same database: a second replica, or the first after a restart. */
  another(overrides?: Partial<WalletConfig>): Promise<TestWallet>
  close(): Promise<void>
}

const tables = ['holders', 'offers', 'credentials', 'presentations', 'history', 'records', 'shares']

/** A wallet on a database of its own. Its clock stands at the present second until a test moves it. */
export async function startWallet(overrides: Partial<WalletConfig> = {}): Promise<TestWallet> {
  const database = await startTestDatabase({
    service: 'wallet',
    migrationsFolder: join(import.meta.dirname, '../../migrations'),
  })
  const config = testConfig(walletConfigSchema, {
    PUBLIC_URL: 'http://localhost:3002',
    DATABASE_URL: database.url,
    LOG_LEVEL: 'debug',
    ...overrides,
  })
  const clock = fixedClock(new Date(Math.floor(Date.now() / 1_000) * 1_000))
  const started: TestWallet[] = []
  const start = async (changes: Partial<WalletConfig> = {}): Promise<TestWallet> => {
    const wallet = await build({ ...config, ...changes }, clock, database.url)
    started.push(wallet)
    return { ...wallet, another: start }
  }
  return {
    ...(await start()),
    close: async () => {
      for (const { app } of started) await app.close()
      await database.close()
    },
  }
}

async function build(
  config: WalletConfig,
  clock: FixedClock,
  databaseUrl: string,
): Promise<TestWallet> {
  const logs: string[] = []
  const destination = { write: (line: string) => void logs.push(line) }
  const logger = createLogger({ service: 'wallet', level: 'debug', destination })
  const app = await buildWallet(config, { clock, logger })
  await app.ready()
  return {
    app,
    clock,
    config,
    databaseUrl,
    logs,
    as: (subject = `learner-${crypto.randomUUID()}`) =>
      createLearner(app, subject, () => token('wallet', subject)),
    withToken: (given, subject) => createLearner(app, subject, async () => given),
    token,
    rows: async (table) => (await readRows(databaseUrl, [table])).get(table) ?? [],
    counts: async () =>
      Object.fromEntries(
        [...(await readRows(databaseUrl, tables))].map(([table, rows]) => [table, rows.length]),
      ),
    purge: () => purge(databaseUrl, clock),
    another: () => Promise.reject(new Error('started without a database of its own')),
    close: () => app.close(),
  }
}

/** Lives a year: tests move the clock. */
const token = (scope: string, subject: string) =>
  testAccessToken({ scope, subject, expiresIn: 31_536_000 })

function createLearner(app: App, subject: string, getToken: () => Promise<string>): Learner {
  const send = async (
    method: 'GET' | 'POST' | 'DELETE',
    url: string,
    body: unknown,
    headers: Record<string, string> = {},
  ) => {
    return app.inject({
      method,
      url,
      headers: {
        authorization: `Bearer ${await getToken()}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { payload: JSON.stringify(body) }),
    })
  }
  return {
    id: subject,
    get: (path) => send('GET', path, undefined),
    post: (path, body, headers) => send('POST', path, body, headers),
    delete: (path, headers) => send('DELETE', path, undefined, headers),
  }
}

/** Reads as the database's owner with row-level security lifted for this look. */
async function readRows(
  url: string,
  names: readonly string[],
): Promise<Map<string, Record<string, unknown>[]>> {
  const database = connectDatabase({ url, applicationName: 'test', poolSize: 1 })
  const client = await database.pool.connect()
  try {
    const read = new Map<string, Record<string, unknown>[]>()
    await client.query('BEGIN')
    for (const table of names) {
      await client.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`)
      read.set(table, (await client.query(`SELECT * FROM ${table}`)).rows)
    }
    await client.query('ROLLBACK')
    return read
  } finally {
    client.release()
    await database.close()
  }
}

async function purge(url: string, clock: Clock): Promise<void> {
  const database = connectDatabase({ url, applicationName: 'test', poolSize: 1 })
  try {
    await purgeExpired({ database, clock })
  } finally {
    await database.close()
  }
}

/** The stable code of a refusal. */
export const problemOf = (response: Answer): string | undefined =>
  response.json().type?.split('/').at(-1)
