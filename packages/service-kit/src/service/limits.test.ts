import { connect } from 'node:net'
import Type from 'typebox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAccessTokenVerifier } from '../access/verifier.ts'
import { systemClock } from '../clock.ts'
import { kitConfigSchema } from '../configuration/schema.ts'
import { defineProblems } from '../problems/problem.ts'
import { testAccessToken } from '../testing/test-access-token.ts'
import { testConfig } from '../testing/test-config.ts'
import { type App, createService } from './create-service.ts'

let app: App
let port: number

const build = async (requestsPerMinute: number) => {
  const config = testConfig(kitConfigSchema, { RATE_LIMIT_PER_MINUTE: requestsPerMinute })
  const made = await createService({
    name: 'things',
    version: '1.0.0',
    config,
    problems: defineProblems({}),
    openapi: { title: 'Things', description: 'For tests', tags: [] },
    accessTokens: await createAccessTokenVerifier({ config, clock: systemClock, fetch }),
  })
  made.get('/v1/things/:thing', {
    config: { scope: 'things:read' },
    schema: { params: Type.Object({ thing: Type.String() }) },
    handler: async () => ({ ok: true }),
  })
  return made
}

beforeAll(async () => {
  app = await build(0)
  port = Number(new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port)
})
afterAll(() => app.close())

/** Sends bytes as they are and reads until the service hangs up. */
const sendRaw = (text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    let answer = ''
    socket.setEncoding('utf8').on('data', (chunk) => {
      answer += chunk
    })
    socket.on('close', () => resolve(answer)).on('error', reject)
  })

const bodyOf = (answer: string) => JSON.parse(answer.split('\r\n\r\n')[1] ?? '{}')

describe('what is no request', () => {
  it.each([
    ['headers beyond 16 KiB', `X-Large: ${'a'.repeat(20_000)}`, 431, 'headers-too-large'],
    ['a header that is none', 'no colon', 400, 'malformed-request'],
  ])('%s is answered with a problem, and hung up on', async (_what, header, status, code) => {
    const answer = await sendRaw(`GET /livez HTTP/1.1\r\nHost: localhost\r\n${header}\r\n\r\n`)
    expect(answer).toContain(`HTTP/1.1 ${status} `)
    expect(answer).toContain('application/problem+json')
    expect(bodyOf(answer)).toMatchObject({
      type: `http://localhost:3000/problems/${code}`,
      status,
      instance: expect.any(String),
    })
  })

  it.each([
    ['/v1/things/%zz', 400, 'malformed-request'],
    [`/v1/things/${'a'.repeat(600)}`, 414, 'address-too-long'],
  ])('an address that cannot be read is not repeated: %s', async (url, status, code) => {
    const response = await app.inject(url)
    expect([response.statusCode, response.json().type]).toEqual([
      status,
      `http://localhost:3000/problems/${code}`,
    ])
    expect(response.body).not.toContain(url.slice(-10))
  })
})

describe('the rate limit', () => {
  it('counts requests per client, also those that guess tokens, and says when to come back', async () => {
    const limited = await build(3)
    const ask = (headers: Record<string, string> = {}) =>
      limited.inject({ url: '/v1/things/1', headers })
    expect((await ask()).statusCode).toBe(401)
    expect((await ask({ authorization: 'Bearer guessed' })).statusCode).toBe(401)
    expect((await ask({ authorization: 'Bearer again' })).statusCode).toBe(401)
    const refused = await ask()
    expect([refused.statusCode, refused.json().type]).toEqual([
      429,
      'http://localhost:3000/problems/rate-limited',
    ])
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    for (const path of ['/livez', '/metrics'])
      expect((await limited.inject(path)).statusCode).toBe(200)
    await limited.close()
  })
})

describe('headers of every answer', () => {
  it('keep browsers from guessing, framing and telling others where they were (S-26, S-27)', async () => {
    for (const url of ['/livez', '/v1/things/1', '/nowhere'])
      expect((await app.inject(url)).headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'content-security-policy': "default-src 'none';frame-ancestors 'none'",
      })
  })

  it('let other origins read public documents alone', async () => {
    const token = await testAccessToken({ scope: 'things:read' })
    const headers = { origin: 'https://elsewhere.example', authorization: `Bearer ${token}` }
    const open = await app.inject({ url: '/openapi.json', headers })
    expect(open.headers['access-control-allow-origin']).toBe('*')
    for (const url of ['/v1/things/1', '/readyz', '/metrics'])
      expect((await app.inject({ url, headers })).headers).not.toHaveProperty(
        'access-control-allow-origin',
      )
    const preflight = await app.inject({ method: 'OPTIONS', url: '/v1/things/1', headers })
    expect(preflight.headers).not.toHaveProperty('access-control-allow-origin')
  })

  it('carry a request id: the one of a proxy when it is an id, else a new one', async () => {
    const given = 'proxy-0190c1a2'
    const taken = await app.inject({ url: '/livez', headers: { 'x-request-id': given } })
    expect(taken.headers['x-request-id']).toBe(given)
    for (const wrong of ['short', 'a'.repeat(65), 'line\tbreak-12345', '<script>alert</script>']) {
      const response = await app.inject({ url: '/livez', headers: { 'x-request-id': wrong } })
      expect(response.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    }
    const refused = await app.inject({ url: '/v1/things/1', headers: { 'x-request-id': given } })
    expect(refused.json().instance).toBe(given)
  })
})

describe('a route', () => {
  it('that says nothing about access keeps the service from starting', async () => {
    const careless = await build(0)
    expect(() => careless.get('/open', async () => 'secret')).toThrow('/open')
    await careless.close()
  })
})
