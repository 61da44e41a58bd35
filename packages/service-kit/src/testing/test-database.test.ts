import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { pgTable, text } from 'drizzle-orm/pg-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { openDatabase } from '../database/open-database.ts'
import { startTestDatabase, type TestDatabase } from './test-database.ts'

const notes = pgTable('notes', { organisationId: text('organisation_id'), id: text('id') })
const open = pgTable('open_notes', { organisationId: text('organisation_id') })

const migration = `
CREATE TABLE notes (organisation_id text NOT NULL, id text NOT NULL, PRIMARY KEY (organisation_id, id));
--> statement-breakpoint
CREATE TABLE open_notes (organisation_id text NOT NULL);
--> statement-breakpoint
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE notes FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant ON notes USING (organisation_id = current_setting('mikromerit.organisation', true));`

let folder: string
let test: TestDatabase
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mikromerit-test-database-'))
  await mkdir(join(folder, 'meta'))
  const entries = [{ idx: 0, tag: '0000_notes', when: 1, version: '7', breakpoints: true }]
  const journal = { version: '7', dialect: 'postgresql', entries }
  await writeFile(join(folder, 'meta/_journal.json'), JSON.stringify(journal))
  await writeFile(join(folder, '0000_notes.sql'), migration)
  test = await startTestDatabase({ service: 'issuer', migrationsFolder: folder })
})
afterAll(async () => {
  await test.close()
  await rm(folder, { recursive: true })
})

const openNotes = (tables: Record<string, unknown>): Promise<Database> =>
  openDatabase({
    config: { DATABASE_URL: test.url, DATA_DIR: folder },
    service: 'issuer',
    migrationsFolder: folder,
    tables,
  })

describe('startTestDatabase', () => {
  it('is migrated, and separates organisations as the real one does', async () => {
    const database = await openNotes({ notes })
    await database.inOrganisation('ri-se', (tx) =>
      tx.insert(notes).values({ organisationId: 'ri-se', id: '1' }),
    )
    const find = (organisationId: string) =>
      database.inOrganisation(organisationId, (tx) =>
        tx.select().from(notes).where(eq(notes.id, '1')),
      )
    expect(await find('ri-se')).toHaveLength(1)
    expect(await find('other')).toHaveLength(0)
    await database.close()
  })
})

describe('openDatabase', () => {
  it('refuses a table of organisations without row-level security', async () => {
    await expect(openNotes({ notes, open })).rejects.toThrow('open_notes')
  })

  it('brings its own server when no DATABASE_URL is given', async () => {
    const database = await openDatabase({
      config: { DATA_DIR: folder },
      service: 'wallet',
      migrationsFolder: folder,
      tables: { notes },
    })
    await expect(database.ping()).resolves.toBeUndefined()
    await database.close()
    await expect(database.ping()).rejects.toThrow()
  })
})
