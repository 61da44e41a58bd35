import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findDrift, migrationsFolderOf } from './drizzle-kit.ts'

it('tells what the migrations lack, and leaves them as they are', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mikromerit-drift-'))
  try {
    await cp(migrationsFolderOf('verifier'), folder, { recursive: true })
    await forgetColumn(join(folder, 'meta'), 'public.policies', 'updated_at')
    const before = await readdir(folder, { recursive: true })

    const drift = await findDrift('verifier', folder)

    expect(drift).toMatch(/ALTER TABLE "policies" ADD COLUMN "updated_at"/)
    expect(await readdir(folder, { recursive: true })).toEqual(before)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

it('does not take a folder that cannot be read for one that agrees', async () => {
  expect(await findDrift('verifier', join(tmpdir(), 'not-there'))).toMatch(/ENOENT/)
})

/** As if the newest migration had been made before the table got this column. */
async function forgetColumn(metaFolder: string, table: string, column: string) {
  const newest = (await readdir(metaFolder))
    .filter((name) => name.endsWith('_snapshot.json'))
    .at(-1)
  const path = join(metaFolder, newest ?? '')
  const snapshot = JSON.parse(await readFile(path, 'utf8'))
  expect(snapshot.tables[table].columns[column]).toBeDefined()
  delete snapshot.tables[table].columns[column]
  await writeFile(path, JSON.stringify(snapshot))
}
