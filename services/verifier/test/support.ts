import { join } from 'node:path'
import { type App, type Clock, connectDatabase, createLogger } from '@mikromerit/service-kit'
import {
  type FixedClock,
  fixedClock,
  startTestDatabase,
  testAccessToken,
  testConfig,
} from '@mikromerit/service-kit/testing'
import { buildVerifier, type VerifierConfig, verifierConfigSchema } from '../src/index.ts'
import { purgeRequests } from '../src/presentation-requests/purge.ts'
import { aWallet, type TestWallet } from './test-wallet.ts'

export interface Caller {
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  put(path: string, body: unknown): Promise<Answer>
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>
}

type Answer = Awaited<ReturnType<App['inject']>>

export interface TestVerifier {
  readonly app: App
  readonly clock: FixedClock
  readonly config: VerifierConfig
  readonly wallet: TestWallet
  /** What was logged, line by line. */
  readonly logs: string[]
  /** Acts with a token of these scopes. */
  as(scope: string, holder?: { organisation?: string; subject?: string }): Caller
  token(scope: string): Promise<string>
  /** Rows of a table, across all owners. */
  rows(table: string): Promise<Record<string, unknown>[]>
  /** Runs the purge that is otherwise scheduled. */
  purge(): Promise<void>
  /** A second instance on the same database: another replica, or the same after a restart. */
  another(overrides?: Partial<VerifierConfig>): Promise<TestVerifier>
  close(): Promise<void>
}

export const purpose = { sv: 'Vi vill se vad du kan.', en: 'We want to see your skills.' }

/** A verifier on a database of its own. Its clock stands at the present second until a test moves it. */
export async function startVerifier(
  overrides: Partial<VerifierConfig> = {},
  start = new Date(Math.floor(Date.now() / 1_000) * 1_000),
): Promise<TestVerifier> {
  const database = await startTestDatabase({
    service: 'verifier',
    migrationsFolder: join(import.meta.dirname, '../migrations'),
  })
  const config = testConfig(verifierConfigSchema, {
    PUBLIC_URL: 'http://localhost:3003',
    DATABASE_URL: database.url,
    LOG_LEVEL: 'debug',
    ...overrides,
  })
  const clock = fixedClock(start)
  const others: TestVerifier[] = []
  const first = await build(config, clock, database.url)
  return {
    ...first,
    another: async (changed = {}) => {
      const other = await build({ ...config, ...changed }, clock, database.url)
      others.push(other)
      return other
    },
    close: async () => {
      for (const { app } of [...others, first]) await app.close()
      await database.close()
    },
  }
}

async function build(
  config: VerifierConfig,
  clock: FixedClock,
  databaseUrl: string,
): Promise<TestVerifier> {
  const logs: string[] = []
  const destination = { write: (line: string) => void logs.push(line) }
  const logger = createLogger({ service: 'verifier', level: 'debug', destination })
  const app = await buildVerifier(config, { clock, logger })
  await app.ready()
  const now: Clock['now'] = () => clock.now()
  return {
    app,
    clock,
    config,
    logs,
    wallet: aWallet(app, now),
    as: (scope, holder = { organisation: 'arbetsgivaren' }) => createCaller(app, scope, holder),
    token: (scope) => testAccessToken({ scope, organisation: 'arbetsgivaren' }),
    rows: (table) => readRows(databaseUrl, table),
    purge: () => purge(databaseUrl, clock),
    another: (changed = {}) => build({ ...config, ...changed }, clock, databaseUrl),
    close: () => app.close(),
  }
}

function createCaller(
  app: App,
  scope: string,
  holder: { organisation?: string; subject?: string },
): Caller {
  const send = async (
    method: 'GET' | 'PUT' | 'POST',
    url: string,
    body: unknown,
    headers: Record<string, string> = {},
  ) => {
    const token = await testAccessToken({ scope, ...holder, expiresIn: 31_536_000 })
    return app.inject({
      method,
      url,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { payload: JSON.stringify(body) }),
    })
  }
  return {
    get: (path, headers) => send('GET', path, undefined, headers),
    put: (path, body) => send('PUT', path, body),
    post: (path, body, headers) => send('POST', path, body, headers),
  }
}

/** Reads as the database's owner with row-level security lifted for this look. */
async function readRows(url: string, table: string): Promise<Record<string, unknown>[]> {
  const database = connectDatabase({ url, applicationName: 'test', poolSize: 1 })
  const client = await database.pool.connect()
  try {
    await client.query('BEGIN')
    await client.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`)
    const { rows } = await client.query(`SELECT * FROM ${table}`)
    await client.query('ROLLBACK')
    return rows
  } finally {
    client.release()
    await database.close()
  }
}

async function purge(url: string, clock: Clock): Promise<void> {
  const database = connectDatabase({ url, applicationName: 'test', poolSize: 1 })
  try {
    await purgeRequests({ database, clock })
  } finally {
    await database.close()
  }
}
