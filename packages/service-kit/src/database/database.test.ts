import { eq, sql } from 'drizzle-orm'
import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { connectDatabase, type Database } from './database.ts'
import { DatabaseError, isDatabaseOutage, isUniqueViolation } from './database-error.ts'
import { assertRowSecurity, bypassesRowSecurity } from './row-security.ts'
import { commitWith, runPrepared, withoutWaiting } from './transaction.ts'

const notes = pgTable(
  'notes',
  { organisationId: text('organisation_id').notNull(), id: text('id').notNull() },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
)

const schema = `
  CREATE TABLE notes (organisation_id text NOT NULL, id text NOT NULL, PRIMARY KEY (organisation_id, id));
  ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
  ALTER TABLE notes FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON notes USING (organisation_id = current_setting('mikromerit.organisation', true));
`

let server: TestServer
let database: Database
let ownerUrl: string

async function asAdmin(run: (admin: pg.Client) => Promise<unknown>): Promise<void> {
  const admin = new pg.Client({ connectionString: server.adminUrl })
  await admin.connect()
  await run(admin).finally(() => admin.end())
}

beforeAll(async () => {
  server = await startTestServer()
  await asAdmin(async (admin) => {
    await admin.query(`CREATE ROLE keeper LOGIN NOSUPERUSER PASSWORD 'test'`)
    await admin.query('CREATE DATABASE keeper OWNER keeper')
  })
  const url = new URL(server.adminUrl)
  url.username = 'keeper'
  url.password = 'test'
  url.pathname = '/keeper'
  ownerUrl = url.href
  database = connectDatabase({ url: ownerUrl, applicationName: 'test', poolSize: 4 })
  await database.pool.query(schema)
})

afterAll(async () => {
  await database.close()
  await server.stop()
})

const write = (organisationId: string, id: string) =>
  database.inOrganisation(organisationId, (tx) => tx.insert(notes).values({ organisationId, id }))
const count = async () => {
  let found = -1
  await asAdmin(async () => {
    const admin = new pg.Client({
      connectionString: server.adminUrl
        .replace('/postgres?', '/keeper?')
        .replace(/\/postgres$/, '/keeper'),
    })
    await admin.connect()
    const { rows } = await admin.query('SELECT count(*)::int AS found FROM notes')
    found = rows[0].found
    await admin.end()
  })
  return found
}

describe('row-level security', () => {
  it('shows an organisation its own rows', async () => {
    await write('ri-se', 'a')
    const rows = await database.inOrganisation('ri-se', (tx) => tx.select().from(notes))
    expect(rows).toEqual([{ organisationId: 'ri-se', id: 'a' }])
  })

  it('shows nothing without an organisation, and nothing of another', async () => {
    await write('ri-se', 'b')
    expect(await database.drizzle.select().from(notes)).toEqual([])
    expect(await database.transaction((tx) => tx.select().from(notes))).toEqual([])
    expect(await database.inOrganisation('other', (tx) => tx.select().from(notes))).toEqual([])
    expect(
      await database.inOrganisation('other', (tx) =>
        tx.select().from(notes).where(eq(notes.organisationId, 'ri-se')),
      ),
    ).toEqual([])
  })

  it('refuses to write a row of another organisation', async () => {
    const before = await count()
    const attempt = database.inOrganisation('other', (tx) =>
      tx.insert(notes).values({ organisationId: 'ri-se', id: 'forged' }),
    )
    await expect(attempt).rejects.toMatchObject({ code: '42501' })
    expect(await count()).toBe(before)
  })

  it('forgets the organisation when the transaction ends, also on the same connection', async () => {
    const narrow = connectDatabase({ url: ownerUrl, applicationName: 'test', poolSize: 1 })
    await write('ri-se', 'c')
    await narrow.inOrganisation('ri-se', async (tx) => tx.select().from(notes))
    expect(await narrow.drizzle.select().from(notes)).toEqual([])
    await narrow.close()
  })

  it('takes an organisation id with quotes and backslashes literally', async () => {
    const hostile = `x'; SET LOCAL mikromerit.organisation = 'ri-se'; SELECT '\\`
    expect(await database.inOrganisation(hostile, (tx) => tx.select().from(notes))).toEqual([])
    await write(hostile, 'own')
    const own = await database.inOrganisation(hostile, (tx) => tx.select().from(notes))
    expect(own).toEqual([{ organisationId: hostile, id: 'own' }])
  })

  it('refuses an empty organisation id', () => {
    expect(() => database.inOrganisation('', async () => undefined)).toThrow(TypeError)
  })

  it('is noticed where it is missing', async () => {
    const open = pgTable('open_notes', { organisationId: text('organisation_id').notNull() })
    await database.pool.query('CREATE TABLE open_notes (organisation_id text NOT NULL)')
    await expect(assertRowSecurity(database.pool, { notes, open })).rejects.toThrow('open_notes')
    await expect(assertRowSecurity(database.pool, { notes })).resolves.toBeUndefined()
    await database.pool.query('DROP TABLE open_notes')
  })

  it('knows a role that stands above it', async () => {
    expect(await bypassesRowSecurity(database.pool)).toBe(false)
    const admin = connectDatabase({ url: server.adminUrl, applicationName: 'test', poolSize: 1 })
    expect(await bypassesRowSecurity(admin.pool)).toBe(true)
    await admin.close()
  })
})

describe('transaction', () => {
  it('writes nothing when its function fails', async () => {
    const before = await count()
    const attempt = database.inOrganisation('ri-se', async (tx) => {
      await tx.insert(notes).values({ organisationId: 'ri-se', id: 'lost' })
      throw new Error('changed my mind')
    })
    await expect(attempt).rejects.toThrow('changed my mind')
    expect(await count()).toBe(before)
  })

  it('does not report success when a failed statement was swallowed', async () => {
    const attempt = database.transaction(async (tx) => {
      await tx.execute(sql`SELECT 1 / 0`).catch(() => undefined)
    })
    await expect(attempt).rejects.toMatchObject({ name: 'DatabaseError', code: '25P02' })
  })

  it('nests as savepoints', async () => {
    await database.inOrganisation('nested', async (tx) => {
      await tx.insert(notes).values({ organisationId: 'nested', id: 'kept' })
      const inner = tx.transaction(async (savepoint) => {
        await savepoint.insert(notes).values({ organisationId: 'nested', id: 'undone' })
        throw new Error('only this')
      })
      await expect(inner).rejects.toThrow('only this')
    })
    const rows = await database.inOrganisation('nested', (tx) => tx.select().from(notes))
    expect(rows.map(({ id }) => id)).toEqual(['kept'])
  })

  it('runs a prepared query on its own connection', async () => {
    const findNote = database.drizzle
      .select()
      .from(notes)
      .where(eq(notes.id, sql.placeholder('id')))
      .prepare('find_note')
    const rows = await database.inOrganisation('prepared', async (tx) => {
      await tx.insert(notes).values({ organisationId: 'prepared', id: 'seen' })
      return runPrepared(tx, findNote, { id: 'seen' })
    })
    expect(rows).toEqual([{ organisationId: 'prepared', id: 'seen' }])
    expect(await findNote.execute({ id: 'seen' })).toEqual([])
  })

  it('sends its last statement with the COMMIT, and has committed when it answers', async () => {
    const answer = await database.inOrganisation('together', async (tx) => {
      const rows = await commitWith(tx, () =>
        tx.insert(notes).values({ organisationId: 'together', id: 'last' }).returning().execute(),
      )
      const other = await database.inOrganisation('together', (second) =>
        second.select().from(notes),
      )
      expect(other).toHaveLength(1)
      return rows
    })
    expect(answer).toEqual([{ organisationId: 'together', id: 'last' }])
  })

  it('writes nothing of a transaction whose last statement fails, and says why', async () => {
    await write('together', 'taken')
    const before = await count()
    const attempt = database.inOrganisation('together', async (tx) => {
      await tx.insert(notes).values({ organisationId: 'together', id: 'undone' })
      const again = { organisationId: 'together', id: 'taken' }
      await commitWith(tx, () => tx.insert(notes).values(again).execute())
    })
    await expect(attempt).rejects.toSatisfy((error) => isUniqueViolation(error))
    expect(await count()).toBe(before)
    await expect(write('together', 'next')).resolves.toBeDefined()
  })

  it('fails with a statement it did not wait for, and writes nothing', async () => {
    const before = await count()
    const attempt = database.inOrganisation('together', async (tx) => {
      await tx.insert(notes).values({ organisationId: 'together', id: 'undone too' })
      const again = { organisationId: 'together', id: 'taken' }
      withoutWaiting(tx, () => tx.insert(notes).values(again).execute())
      return 'written'
    })
    await expect(attempt).rejects.toSatisfy((error) => isUniqueViolation(error))
    expect(await count()).toBe(before)
  })

  it('survives a connection that the server ends', async () => {
    const attempt = database.transaction((tx) =>
      tx.execute(sql`SELECT pg_terminate_backend(pg_backend_pid())`),
    )
    await expect(attempt).rejects.toSatisfy(isDatabaseOutage)
    await expect(database.ping()).resolves.toBeUndefined()
  })
})

describe('DatabaseError', () => {
  it('names the constraint and repeats no value', async () => {
    await write('ri-se', 'Astrid Lindgren')
    const error = await write('ri-se', 'Astrid Lindgren').catch((thrown: unknown) => thrown)
    expect(isUniqueViolation(error, 'notes_organisation_id_id_pk')).toBe(false)
    expect(isUniqueViolation(error, 'notes_pkey')).toBe(true)
    expect(everythingIn(error)).not.toContain('Astrid')
  })

  it('repeats no value that PostgreSQL quotes in its message', async () => {
    const attempt = database.drizzle.execute(sql`SELECT ${'Astrid'}::text::uuid`)
    const error = await attempt.catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(DatabaseError)
    expect(error).toMatchObject({ code: '22P02' })
    expect(everythingIn(error)).not.toContain('Astrid')
  })

  it('says outage when nobody answers', async () => {
    const nowhere = connectDatabase({
      url: 'postgres://nobody@localhost/none?host=/nonexistent',
      applicationName: 'test',
      poolSize: 1,
    })
    await expect(nowhere.ping()).rejects.toSatisfy(isDatabaseOutage)
    await expect(nowhere.transaction(async () => 1)).rejects.toSatisfy(isDatabaseOutage)
    await expect(nowhere.drizzle.execute(sql`SELECT 1`)).rejects.toSatisfy(isDatabaseOutage)
    await nowhere.close()
  })
})

// All that a logger could reach, stack and cause included.
function everythingIn(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return (
    JSON.stringify({ ...error, message: error.message, stack: error.stack }) +
    everythingIn(error.cause)
  )
}
