import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigurationError, kitConfigSchema } from '@mikromerit/service-kit'
import { describe, expect, it } from 'vitest'
import { loadVerifierConfig, verifierConfigSchema } from './config.ts'

interface Variable {
  readonly default?: unknown
  readonly description?: string
}

/** One row of the README's table per variable of our own. */
const rows = Object.entries(verifierConfigSchema.properties as Readonly<Record<string, Variable>>)
  .filter(([name]) => !(name in kitConfigSchema.properties))
  .map(
    ([name, { default: value, description }]) => `| \`${name}\` | \`${value}\` | ${description} |`,
  )

describe('the configuration', () => {
  it('is in the README as it is in the schema', () => {
    const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
    // The formatter pads the columns.
    const table = readme.replace(/ {2,}/g, ' ')
    for (const row of rows) expect(table).toContain(row)
  })

  it('works without any variable in development', () => {
    const config = loadVerifierConfig({})
    expect(config).toMatchObject({ PORT: 3003, PUBLIC_URL: 'http://localhost:3003' })
  })

  it('names all faults together and never a value', () => {
    const env = { REQUEST_LIFETIME_SECONDS: 'hemligt', CLOCK_SKEW_SECONDS: '3600' }
    expect(() => loadVerifierConfig(env)).toThrow(ConfigurationError)
    try {
      loadVerifierConfig(env)
    } catch (error) {
      expect(String(error)).toContain('REQUEST_LIFETIME_SECONDS')
      expect(String(error)).toContain('CLOCK_SKEW_SECONDS')
      expect(String(error)).not.toContain('hemligt')
    }
  })
})
