import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigurationError, kitConfigSchema } from '@mikromerit/service-kit'
import { describe, expect, it } from 'vitest'
import { loadWalletConfig, walletConfigSchema } from './config.ts'

interface Variable {
  readonly default?: unknown
  readonly description?: string
}

/** One row of the README's table per variable of our own. */
const rows = Object.entries(walletConfigSchema.properties as Readonly<Record<string, Variable>>)
  .filter(([name]) => !(name in kitConfigSchema.properties))
  .map(([name, { default: value, description }]) =>
    [`| \`${name}\``, value === undefined ? '-' : `\`${value}\``, `${description} |`].join(' | '),
  )

describe('the configuration', () => {
  it('is in the README as it is in the schema', () => {
    const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
    // The columns are padded.
    const table = readme.replace(/ {2,}/g, ' ')
    for (const row of rows) expect(table).toContain(row)
  })

  it('works without any variable in development', () => {
    const config = loadWalletConfig({})
    expect(config).toMatchObject({ PORT: 3002, PUBLIC_URL: 'http://localhost:3002' })
  })

  it('names all faults together and never a value', () => {
    const env = { OFFER_LIFETIME_SECONDS: 'hemligt', REQUIRE_TRUSTED_ISSUERS: 'kanske' }
    expect(() => loadWalletConfig(env)).toThrow(ConfigurationError)
    try {
      loadWalletConfig(env)
    } catch (error) {
      expect(String(error)).toContain('OFFER_LIFETIME_SECONDS')
      expect(String(error)).toContain('REQUIRE_TRUSTED_ISSUERS')
      expect(String(error)).not.toMatch(/hemligt|kanske/)
    }
  })
})
