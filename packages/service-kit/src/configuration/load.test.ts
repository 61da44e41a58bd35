import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Type from 'typebox'
import { afterAll, describe, expect, it } from 'vitest'
import { ConfigurationError, type Environment, loadConfig } from './load.ts'
import { kitConfigSchema } from './schema.ts'

const folder = mkdtempSync(join(tmpdir(), 'mikromerit-config-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string, content: string) => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
const key = 'c'.repeat(43)

const load = (env: Environment) => loadConfig(kitConfigSchema, { PORT: '3001', ...env })

const faultsOf = (env: Environment, options?: Parameters<typeof loadConfig>[2]) => {
  try {
    loadConfig(kitConfigSchema, { PORT: '3001', ...env }, options)
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults
    throw error
  }
  return []
}

describe('loadConfig', () => {
  it('has a default for everything but the port, and knows where it is reached', () => {
    expect(load({})).toMatchObject({
      NODE_ENV: 'development',
      HOST: 'localhost',
      DATA_DIR: '.data',
      TRUST_PROXY: false,
      PUBLIC_URL: 'http://localhost:3001',
    })
    expect(load({ PUBLIC_URL: 'https://issuer.example' }).PUBLIC_URL).toBe('https://issuer.example')
    expect(() => loadConfig(kitConfigSchema, {})).toThrow('PORT must be set')
  })

  it('takes an empty variable for one that is not set', () => {
    expect(load({ HOST: '', MAX_BODY_BYTES: '' })).toMatchObject({ HOST: 'localhost' })
  })

  it('names every fault at once, by name and rule, and repeats no value', () => {
    const faults = faultsOf({
      NODE_ENV: 'hemligt',
      PORT: 'hemligt',
      PUBLIC_URL: 'https://hemligt.example/',
      DATABASE_URL: 'mysql://hemligt',
      DATABASE_POOL: '0',
      AUTH_ISSUERS: 'hemligt',
      KEY_ENCRYPTION_KEY: 'hemligt',
      RETIRED_KEY_ENCRYPTION_KEYS: `${key},hemligt`,
      OUTBOUND_ALLOW: 'http://hemligt/path',
      TRUST_PROXY: 'hemligt',
      MAX_BODY_BYTES: '1e3',
      LOG_LEVEL: 'hemligt',
    })
    expect(faults).toEqual([
      'NODE_ENV must be one of development, production, test',
      'PORT must be a whole number, at least 0, at most 65535',
      'PUBLIC_URL must be an http or https URL without a trailing slash',
      'DATABASE_URL must be a postgres:// URL',
      'DATABASE_POOL must be a whole number, at least 1, at most 200',
      'AUTH_ISSUERS must be http or https URLs, comma-separated',
      'KEY_ENCRYPTION_KEY must be 32 bytes in base64url',
      'RETIRED_KEY_ENCRYPTION_KEYS must be keys of 32 bytes in base64url, comma-separated',
      'OUTBOUND_ALLOW must be origins, hosts or loopback, comma-separated',
      'TRUST_PROXY must be true or false',
      'MAX_BODY_BYTES must be a whole number, at least 1024, at most 104857600',
      'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent',
    ])
    expect(faults.join()).not.toContain('hemligt')
  })

  it('takes what lists name', () => {
    const env = {
      AUTH_ISSUERS: 'https://login.example/realms/a, https://login.example/realms/b',
      OUTBOUND_ALLOW: 'loopback,http://issuer:3001,internal.example:8443',
      RETIRED_KEY_ENCRYPTION_KEYS: `${key},${key}=`,
      KEY_ENCRYPTION_KEY: key,
    }
    expect(load(env)).toMatchObject(env)
  })

  it('demands in production what development makes for itself, all of it', () => {
    const required = ['PUBLIC_URL', 'DATABASE_URL', 'AUTH_ISSUERS', 'KEY_ENCRYPTION_KEY']
    expect(faultsOf({ NODE_ENV: 'production' })).toEqual(
      required.map((name) => `${name} must be set in production`),
    )
    const options = { alsoRequiredInProduction: ['ISSUING_CA_KEY_FILE'] }
    expect(faultsOf({ NODE_ENV: 'production' }, options)).toHaveLength(required.length + 1)
    expect(faultsOf({}, options)).toEqual([])
    const complete = {
      NODE_ENV: 'production',
      PUBLIC_URL: 'https://issuer.example',
      DATABASE_URL: 'postgres://db.example/issuer',
      AUTH_ISSUERS: 'https://login.example',
      KEY_ENCRYPTION_KEY: key,
    }
    expect(faultsOf(complete)).toEqual([])
  })
})

describe('NAME_FILE', () => {
  it('names a file that holds the value, with or without a line end', () => {
    const path = file('key', `${key}\n`)
    expect(load({ KEY_ENCRYPTION_KEY_FILE: path }).KEY_ENCRYPTION_KEY).toBe(key)
  })

  it('is refused when it cannot be read, holds nothing, holds nonsense, or stands beside NAME', () => {
    const faults = [
      { KEY_ENCRYPTION_KEY_FILE: join(folder, 'absent') },
      { KEY_ENCRYPTION_KEY_FILE: file('empty', '\n') },
      { KEY_ENCRYPTION_KEY_FILE: file('short', 'hemligt') },
      { KEY_ENCRYPTION_KEY_FILE: file('whole', key), KEY_ENCRYPTION_KEY: key },
    ].flatMap((env) => faultsOf(env))
    expect(faults).toEqual([
      'KEY_ENCRYPTION_KEY_FILE names a file that cannot be read',
      'KEY_ENCRYPTION_KEY_FILE names an empty file',
      'KEY_ENCRYPTION_KEY must be 32 bytes in base64url',
      'KEY_ENCRYPTION_KEY and KEY_ENCRYPTION_KEY_FILE must not both be set',
    ])
  })

  it('is a variable of its own where the schema says so', () => {
    const schema = Type.Object({
      PORT: Type.Integer({ default: 1 }),
      ANCHORS_FILE: Type.Optional(Type.String()),
    })
    expect(loadConfig(schema, { ANCHORS_FILE: '/etc/anchors.pem' })).toMatchObject({
      ANCHORS_FILE: '/etc/anchors.pem',
    })
  })
})
