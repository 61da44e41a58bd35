import { stat } from 'node:fs/promises'
import { decodeJwt } from 'jose'
import { expect, it } from 'vitest'
import { kitConfigSchema } from '../configuration/schema.ts'
import { fixedClock } from './fixed-clock.ts'
import { testAccessToken } from './test-access-token.ts'
import { testConfig, testDataDir } from './test-config.ts'

it('configures a service with its defaults, a folder of this process, and what the test sets', async () => {
  const config = testConfig(kitConfigSchema, { MAX_BODY_BYTES: 2_048 })
  expect(config).toMatchObject({
    NODE_ENV: 'test',
    DATA_DIR: testDataDir(),
    DATABASE_POOL: 10,
    MAX_BODY_BYTES: 2_048,
    PUBLIC_URL: 'http://localhost:3000',
  })
  expect((await stat(config.DATA_DIR)).isDirectory()).toBe(true)
})

it('signs access tokens of the development issuer', async () => {
  const token = await testAccessToken({
    scope: 'awards:write',
    organisation: 'ri-se',
    subject: 'x',
  })
  expect(decodeJwt(token)).toMatchObject({
    scope: 'awards:write',
    organisation: 'ri-se',
    sub: 'x',
    aud: 'mikromerit',
  })
})

it('holds a clock still until it is moved', () => {
  const clock = fixedClock('2026-01-01T00:00:00Z')
  expect(clock.now()).toEqual(new Date('2026-01-01T00:00:00Z'))
  clock.advance(-600)
  expect(clock.now()).toEqual(new Date('2025-12-31T23:50:00Z'))
})
