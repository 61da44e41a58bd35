import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Static, TObject } from 'typebox'
import { loadConfig } from '../configuration/load.ts'

let folder: string | undefined

/** A DATA_DIR for this test process: development keys are made once, and removed when it ends. */
export function testDataDir(): string {
  if (folder !== undefined) return folder
  const made = mkdtempSync(join(tmpdir(), 'mikromerit-data-'))
  process.on('exit', () => rmSync(made, { recursive: true, force: true }))
  folder = made
  return made
}

const environment = {
  NODE_ENV: 'test',
  PORT: '0',
  PUBLIC_URL: 'http://localhost:3000',
  LOG_LEVEL: 'silent',
  // A test file sends more in a second than a client may in a minute.
  RATE_LIMIT_PER_MINUTE: '0',
}

/** A service's configuration for tests: its defaults, a DATA_DIR of this process, and what the test sets. */
export function testConfig<Schema extends TObject>(
  schema: Schema,
  overrides: Partial<Static<Schema>> = {},
): ReturnType<typeof loadConfig<Schema>> {
  const config = loadConfig(schema, { ...environment, DATA_DIR: testDataDir() })
  return { ...config, ...overrides }
}
