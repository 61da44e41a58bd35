import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { createFileOnce, readFileIfThere } from './private-file.ts'
import { createVault, type Vault } from './vault.ts'

/** What of a service's configuration the vault needs; keys are base64url of 32 bytes. */
export interface VaultConfig {
  readonly NODE_ENV?: string | undefined
  readonly DATA_DIR: string
  readonly KEY_ENCRYPTION_KEY?: string | undefined
  /** comma list of earlier keys, which still open what they sealed */
  readonly RETIRED_KEY_ENCRYPTION_KEYS?: string | undefined
}

/** The service's vault: under KEY_ENCRYPTION_KEY, in development under a key made once in DATA_DIR. */
export function openVault(options: { config: VaultConfig; service: string }): Vault {
  const { config, service } = options
  const retired = (config.RETIRED_KEY_ENCRYPTION_KEYS ?? '').split(',').filter(Boolean)
  return createVault(
    parseKey(config.KEY_ENCRYPTION_KEY ?? developmentKey(config, service)),
    ...retired.map(parseKey),
  )
}

function developmentKey(config: VaultConfig, service: string): string {
  if (config.NODE_ENV === 'production')
    throw new Error('KEY_ENCRYPTION_KEY must be set in production')
  const path = join(config.DATA_DIR, service, 'key-encryption-key')
  return readFileIfThere(path) ?? createFileOnce(path, randomBytes(32).toString('base64url'))
}

function parseKey(text: string): Buffer {
  const key = Buffer.from(text.trim(), 'base64url')
  if (key.length !== 32) throw new Error('A key-encryption key is base64url of exactly 32 bytes')
  return key
}
