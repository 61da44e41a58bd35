import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '@mikromerit/service-kit/embedded-postgres'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCommandLine } from './run-command-line.ts'

let dataDir: string
let postgres: EmbeddedPostgres
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'mikromerit-migrate-'))
  postgres = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off' } })
})
afterAll(async () => {
  await postgres.stop()
  await rm(dataDir, { recursive: true, force: true })
})

it('brings the database at DATABASE_URL up to date, and says how far it was', async () => {
  const env = { DATABASE_URL: await postgres.urlFor('issuer') }
  const first = await runCommandLine(['migrate', '--service', 'issuer'], env)
  expect(first).toMatchObject({ code: 0, stderr: '' })
  expect(first.stdout).toMatch(/^issuer {4}\d+ applied, \d+ migrations in all\n$/)

  const second = await runCommandLine(['migrate', '--service', 'issuer'], env)
  expect(second.stdout).toMatch(/^issuer {4}up to date, \d+ migrations in all\n$/)
})

it('brings the embedded databases of all three up to date without DATABASE_URL', async () => {
  const { code, stdout } = await runCommandLine(['migrate'], { DATA_DIR: dataDir })
  expect(code).toBe(0)
  expect(stdout.trim().split('\n')).toEqual([
    expect.stringMatching(/^issuer/),
    expect.stringMatching(/^wallet {4}\d+ applied/),
    expect.stringMatching(/^verifier {2}\d+ applied/),
  ])
})

it('refuses to guess whose database DATABASE_URL is', async () => {
  const env = { DATABASE_URL: 'postgres://localhost/somebody' }
  const { code, stderr } = await runCommandLine(['migrate'], env)
  expect(code).toBe(2)
  expect(stderr).toContain('--service')
})

it('says in a sentence that a database is not there', async () => {
  const env = { DATABASE_URL: 'postgres://issuer:secret@localhost:1/issuer' }
  const { code, stderr } = await runCommandLine(['migrate', '--service', 'issuer'], env)
  expect(code).toBe(1)
  expect(stderr).toContain('ECONNREFUSED')
  expect(stderr).not.toContain('secret')
  expect(stderr).not.toMatch(/\n {4}at /)
})
