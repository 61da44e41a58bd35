import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { findMigrationsFolder, migrate } from './migrate.ts'

let server: TestServer
let folder: string
beforeAll(async () => {
  server = await startTestServer()
  folder = await mkdtemp(join(tmpdir(), 'mikromerit-migrations-'))
  await writeMigrations({ '0000_first': 'CREATE TABLE things (id int PRIMARY KEY)' })
})
afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true })
})

async function writeMigrations(migrations: Record<string, string>): Promise<void> {
  const entries = Object.keys(migrations).map((tag, idx) => ({
    ...{ idx, tag, version: '7', breakpoints: true },
    when: 1_700_000_000_000 + idx,
  }))
  await mkdir(join(folder, 'meta'), { recursive: true })
  await writeFile(
    join(folder, 'meta/_journal.json'),
    JSON.stringify({ version: '7', dialect: 'postgresql', entries }),
  )
  for (const [tag, sql] of Object.entries(migrations))
    await writeFile(join(folder, `${tag}.sql`), sql)
}

async function ask(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: server.adminUrl })
  await client.connect()
  return client.query(sql).then(
    ({ rows }) => client.end().then(() => rows),
    (error) => client.end().then(() => Promise.reject(error)),
  )
}

describe('migrate', () => {
  it('applies what is missing once, though four replicas start at once', async () => {
    await Promise.all(Array.from({ length: 4 }, () => migrate(server.adminUrl, folder)))
    await writeMigrations({
      '0000_first': 'CREATE TABLE things (id int PRIMARY KEY)',
      '0001_second': 'ALTER TABLE things ADD COLUMN name text',
    })
    await Promise.all(Array.from({ length: 4 }, () => migrate(server.adminUrl, folder)))
    expect(await ask('SELECT id, name FROM things')).toEqual([])
    expect(await ask('SELECT id FROM drizzle.__drizzle_migrations')).toHaveLength(2)
  })

  it('leaves nothing behind of a migration that fails', async () => {
    await writeMigrations({
      '0000_first': 'CREATE TABLE things (id int PRIMARY KEY)',
      '0001_second': 'ALTER TABLE things ADD COLUMN name text',
      '0002_third': 'CREATE TABLE half (id int);--> statement-breakpoint\nSELECT 1 / 0',
    })
    await expect(migrate(server.adminUrl, folder)).rejects.toMatchObject({ code: '22012' })
    await expect(ask('SELECT * FROM half')).rejects.toThrow()
    await expect(migrate(server.adminUrl, folder)).rejects.toMatchObject({ code: '22012' })
  })
})

it('finds the migrations beside src, and beside or inside dist', async () => {
  const root = await mkdtemp(join(tmpdir(), 'mikromerit-layout-'))
  await mkdir(join(root, 'migrations/meta'), { recursive: true })
  await writeFile(join(root, 'migrations/meta/_journal.json'), '{}')
  expect(findMigrationsFolder(join(root, 'src'))).toBe(join(root, 'migrations'))
  expect(findMigrationsFolder(root)).toBe(join(root, 'migrations'))
  expect(() => findMigrationsFolder(join(root, 'src/deep'))).toThrow()
  await rm(root, { recursive: true })
})
