import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openVault } from './open-vault.ts'
import { createFileOnce } from './private-file.ts'

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'mikromerit-vault-'))
})
afterEach(() => rm(dataDir, { recursive: true }))

const open = (config: object = {}, service = 'issuer') =>
  openVault({ config: { DATA_DIR: dataDir, ...config }, service })

describe('openVault', () => {
  it('makes a key in development that only its owner may read, once', async () => {
    const sealed = open().sealJson('x', '')
    expect(open().openJson(sealed, '')).toBe('x')
    const { mode } = await stat(join(dataDir, 'issuer/key-encryption-key'))
    expect(mode & 0o777).toBe(0o600)
    expect(await readdir(join(dataDir, 'issuer'))).toEqual(['key-encryption-key'])
  })

  it('gives each service its own', () => {
    const sealed = open({}, 'issuer').sealJson('x', '')
    expect(() => open({}, 'wallet').openJson(sealed, '')).toThrow()
  })

  it('takes the configured key, and retired ones to open with', () => {
    const [old, current] = [randomBytes(32), randomBytes(32)].map((key) =>
      key.toString('base64url'),
    )
    const sealed = open({ KEY_ENCRYPTION_KEY: old }).sealJson('x', '')
    const rotated = { KEY_ENCRYPTION_KEY: current, RETIRED_KEY_ENCRYPTION_KEYS: old }
    expect(open(rotated).openJson(sealed, '')).toBe('x')
    expect(() => open({ KEY_ENCRYPTION_KEY: current }).openJson(sealed, '')).toThrow()
  })

  it('refuses production without a key, and a key of the wrong length without repeating it', () => {
    expect(() => open({ NODE_ENV: 'production' })).toThrow('KEY_ENCRYPTION_KEY')
    const short = randomBytes(16).toString('base64url')
    expect(() => open({ KEY_ENCRYPTION_KEY: short })).toThrow(/32 bytes/)
    expect(() => open({ KEY_ENCRYPTION_KEY: short })).not.toThrow(short)
  })
})

it('creates a file once: who comes second reads the first', async () => {
  const path = join(dataDir, 'deep/file')
  expect(createFileOnce(path, 'first')).toBe('first')
  expect(createFileOnce(path, 'second')).toBe('first')
  expect(await readFile(path, 'utf8')).toBe('first')
})
