import { join } from 'node:path'
import {
  type AchievementDraft,
  type AwardDraft,
  achievementExample,
  type OrganisationDraft,
} from '@mikromerit/credentials'
import {
  type App,
  connectDatabase,
  createLogger,
  type Database,
  newId,
  openCertificateAuthority,
  openVault,
} from '@mikromerit/service-kit'
import {
  type FixedClock,
  fixedClock,
  startTestDatabase,
  testAccessToken,
  testConfig,
} from '@mikromerit/service-kit/testing'
import { getTableName, sql } from 'drizzle-orm'
import { inject } from 'vitest'
import { buildIssuer, type IssuerConfig, issuerConfigSchema } from '../src/index.ts'
import type { Offer } from '../src/offers/schemas.ts'
import { renewKeys } from '../src/organisations/renew-keys.ts'
import { purgeExpired } from '../src/retention/purge.ts'
import * as issuerTables from '../src/tables.ts'
import { aWallet, type TestWallet } from './wallet.ts'

export type Answer = Awaited<ReturnType<App['inject']>>
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
type Headers = Record<string, string>

/** Acts for one organisation with a token of certain scopes; paths lie below the organisation's address. */
export interface Caller {
  get(path: string, headers?: Headers): Promise<Answer>
  post(path: string, body?: unknown, headers?: Headers): Promise<Answer>
  put(path: string, body: unknown, headers?: Headers): Promise<Answer>
  delete(path: string): Promise<Answer>
}

export interface SendOptions {
  readonly token?: string | undefined
  /** Sent as JSON; a text is sent as it is. */
  readonly body?: unknown
  readonly headers?: Headers | undefined
}

export interface TestAward {
  readonly id: string
  readonly achievementId: string
  readonly status: string
  readonly offer: Offer
}

interface AwardWish {
  readonly organisation?: string
  readonly offer?: { formats?: string[]; grants?: string[]; txCode?: boolean; expiresIn?: number }
  readonly draft?: Partial<AwardDraft>
}

type Row = Record<string, unknown>
type Query = (text: string) => Promise<Row[]>

/** One instance of the service. */
interface Replica {
  readonly app: App
  /** What was logged, line by line. */
  readonly logs: string[]
  send(method: Method, url: string, options?: SendOptions): Promise<Answer>
  as(organisation: string, scope: string): Caller
  /** The wallet of a learner, towards one organisation. */
  wallet(organisation?: string): TestWallet
  /** Stores a definition; answers what the service answered. */
  given(achievement: { organisation: string; draft: AchievementDraft }): Promise<{ id: string }>
  /** Stores a definition, awards it and offers the award. */
  givenAward(wish?: AwardWish): Promise<TestAward>
}

export interface TestIssuer extends Replica {
  readonly clock: FixedClock
  readonly config: IssuerConfig
  /** Rows of a table, across all organisations. */
  rows(table: string): Promise<Row[]>
  count(table: string): Promise<number>
  /** Everything that is stored: to show that something changed nothing. */
  snapshot(): Promise<Record<string, Row[]>>
  /** Asks the database as the service's own role, with one organisation set. */
  inOrganisation<T>(organisation: string, run: (query: Query) => Promise<T>): Promise<T>
  /** Another transaction in the middle of revoking an award: it holds the row until it is ended. */
  revocationUnderWay(award: string): Promise<{ commit(): Promise<void> }>
  /** Damages an award as a fault of the disk would: its content does not open any more. */
  breakSeal(award: string): Promise<void>
  /** Runs the purge that is otherwise scheduled. */
  purge(): Promise<void>
  /** Runs the renewal of signing keys that is otherwise scheduled. */
  renewKeys(): Promise<void>
  /** A second instance on the same database: another replica, or the same after a restart. */
  another(): Promise<Replica>
  close(): Promise<void>
}

export const issuerUrl = 'http://localhost:3001'
const tenYears = 315_360_000

/** A management token; its time is the real one, so it lasts longer than a test's clock is moved. */
export const aToken = (scope: string, organisation?: string) =>
  testAccessToken({ scope, ...(organisation && { organisation }), expiresIn: tenYears })

export const anOrganisation = (changes: Partial<OrganisationDraft> = {}): OrganisationDraft => ({
  id: 'ri-se',
  legalName: { sv: 'Exempelinstitutet', en: 'Example Institute' },
  identifiers: [{ scheme: 'organisationsnummer', value: '999999-9999' }],
  homepage: 'https://www.exempelinstitutet.example',
  country: 'SE',
  ...changes,
})

export const anAchievement = ({
  organisation = 'ri-se',
  ...changes
}: Partial<AchievementDraft> & { organisation?: string } = {}) => ({
  organisation,
  draft: { ...achievementExample, ...changes } as AchievementDraft,
})

export const anAwardDraft = (changes: Partial<AwardDraft> = {}): AwardDraft => ({
  achievementId: newId(),
  learner: { givenName: 'Alva', familyName: 'Exempelsson' },
  awardedOn: '2026-06-05',
  result: { grade: 'G' },
  ...changes,
})

export interface StartOptions {
  readonly organisations?: readonly string[]
  readonly config?: Partial<IssuerConfig>
}

/** An issuer on a database of its own. Its clock stands at the present second until a test moves it. */
export async function startIssuer({
  organisations = ['ri-se'],
  config: overrides = {},
}: StartOptions = {}): Promise<TestIssuer> {
  const database = await startTestDatabase({
    service: 'issuer',
    migrationsFolder: join(import.meta.dirname, '../migrations'),
  })
  const config = testConfig(issuerConfigSchema, {
    PUBLIC_URL: issuerUrl,
    DATABASE_URL: database.url,
    LOG_LEVEL: 'debug',
    ...overrides,
  })
  const clock = fixedClock(new Date(Math.floor(Date.now() / 1_000) * 1_000))
  const first = await startReplica(config, clock)
  const replicas = [first]
  const onlooker = connectAsOnlooker(database.url)
  const rows = (table: string) => readRows(onlooker, table)
  for (const id of organisations) await createOrganisation(first, id)
  return {
    ...first,
    clock,
    config,
    rows,
    count: async (table) => (await rows(table)).length,
    snapshot: async () =>
      Object.fromEntries(await Promise.all(tables.map(async (name) => [name, await rows(name)]))),
    inOrganisation: (organisation, run) =>
      withDatabase(database.url, (own) =>
        own.inOrganisation(organisation, (tx) =>
          run(async (text) => (await tx.execute(sql.raw(text))).rows),
        ),
      ),
    revocationUnderWay: async (award) => {
      const client = await onlooker.pool.connect()
      await client.query('BEGIN')
      await client.query(`UPDATE awards SET status = 'revoked' WHERE id = $1`, [award])
      return { commit: () => client.query('COMMIT').then(() => client.release()) }
    },
    breakSeal: async (award) => {
      const text = `UPDATE awards SET content = set_byte(content, 60, get_byte(content, 60) # 1) WHERE id = $1`
      await onlooker.pool.query(text, [award])
    },
    purge: () =>
      withDatabase(database.url, (own) => purgeExpired({ database: own, clock, config })),
    renewKeys: async () => {
      const vault = openVault({ config, service: 'issuer' })
      const authority = await openCertificateAuthority(config)
      await withDatabase(database.url, (own) =>
        renewKeys({ database: own, vault, authority, clock, config }),
      )
    },
    another: async () => {
      const other = await startReplica(config, clock)
      replicas.push(other)
      return other
    },
    close: async () => {
      for (const { app } of replicas) await app.close()
      await onlooker.close()
      await database.close()
    },
  }
}

const tables = Object.values(issuerTables).map((table) => getTableName(table))

async function startReplica(config: IssuerConfig, clock: FixedClock): Promise<Replica> {
  const logs: string[] = []
  const destination = { write: (line: string) => void logs.push(line) }
  const logger = createLogger({ service: 'issuer', level: 'debug', destination })
  const app = await buildIssuer(config, { clock, logger })
  await app.ready()
  const send = (method: Method, url: string, { token, body, headers }: SendOptions = {}) =>
    app.inject({
      method,
      url,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && {
        payload: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    })
  const as = (organisation: string, scope: string) => createCaller(send, organisation, scope)
  const given: Replica['given'] = async ({ organisation, draft }) => {
    const response = await as(organisation, 'achievements:write').post('/achievements', draft)
    if (response.statusCode !== 201) throw new Error(`No achievement: ${response.body}`)
    return response.json()
  }
  return {
    app,
    logs,
    send,
    as,
    given,
    givenAward: (wish) => awardAnAchievement({ as, given }, wish),
    wallet: (organisation = 'ri-se') =>
      aWallet(
        (request) => app.inject(request),
        `${config.PUBLIC_URL}/${organisation}`,
        () => clock.now(),
      ),
  }
}

async function awardAnAchievement(
  { as, given }: Pick<Replica, 'as' | 'given'>,
  { organisation = 'ri-se', offer = {}, draft }: AwardWish = {},
): Promise<TestAward> {
  const { id: achievementId } = await given(anAchievement({ organisation }))
  const response = await as(organisation, 'awards:write').post('/awards', {
    ...anAwardDraft({ achievementId, ...draft }),
    offer,
  })
  if (response.statusCode !== 201) throw new Error(`No award: ${response.body}`)
  return response.json()
}

function createCaller(send: Replica['send'], organisation: string, scope: string): Caller {
  const call = async (method: Method, path: string, body?: unknown, headers?: Headers) =>
    send(method, `/v1/organisations/${organisation}${path}`, {
      token: await aToken(scope, organisation),
      body,
      headers,
    })
  return {
    get: (path, headers) => call('GET', path, undefined, headers),
    post: (path, body, headers) => call('POST', path, body, headers),
    put: (path, body, headers) => call('PUT', path, body, headers),
    delete: (path) => call('DELETE', path),
  }
}

async function createOrganisation(issuer: Replica, id: string) {
  const token = await aToken('organisations:write')
  const response = await issuer.send('POST', '/v1/organisations', {
    token,
    body: anOrganisation({ id }),
  })
  if (response.statusCode !== 201) throw new Error(`No organisation: ${response.body}`)
}

/** Sees the rows of all organisations: the server's superuser stands above row-level security. */
function connectAsOnlooker(databaseUrl: string): Database {
  const url = new URL(inject('postgresAdminUrl'))
  url.pathname = new URL(databaseUrl).pathname
  return connectDatabase({ url: url.href, applicationName: 'onlooker', poolSize: 3 })
}

async function readRows({ pool }: Database, table: string): Promise<Row[]> {
  const { rows } = await pool.query(`SELECT to_jsonb(t) AS row FROM ${table} t ORDER BY t`)
  return rows.map(({ row }) => row)
}

async function withDatabase<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = connectDatabase({ url, applicationName: 'test', poolSize: 1 })
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}
