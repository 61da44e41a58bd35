import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Type from 'typebox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAccessTokenVerifier } from '../access/verifier.ts'
import { systemClock } from '../clock.ts'
import { loadConfig } from '../configuration/load.ts'
import { kitConfigSchema } from '../configuration/schema.ts'
import { createLogger } from '../logging/logger.ts'
import { oauthErrorHandler } from '../oauth/handler.ts'
import { OAuthError } from '../oauth/oauth-error.ts'
import { openProtocolSchemas, registerFormBody } from '../oauth/protocol-scope.ts'
import { defineProblems, Problem } from '../problems/problem.ts'
import { problemResponses } from '../problems/schemas.ts'
import { testAccessToken } from '../testing/test-access-token.ts'
import { type App, createService } from './create-service.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'mikromerit-kit-'))
const lines: string[] = []
let app: App

const Draft = Type.Object(
  { name: Type.String({ minLength: 1 }), count: Type.Optional(Type.Integer()) },
  { additionalProperties: false },
)

beforeAll(async () => {
  const config = loadConfig(kitConfigSchema, {
    NODE_ENV: 'test',
    PORT: '3999',
    DATA_DIR: dataDir,
    RATE_LIMIT_PER_MINUTE: '0',
    MAX_BODY_BYTES: '2048',
  })
  app = await createService({
    name: 'things',
    version: '1.0.0',
    config,
    problems: defineProblems({
      'thing-broken': { status: 409, title: 'The thing is broken', remedy: 'Mend it.' },
    }),
    openapi: {
      title: 'Things',
      description: 'For tests',
      tags: [{ name: 'Things', description: 'All' }],
    },
    accessTokens: await createAccessTokenVerifier({ config, clock: systemClock, fetch }),
    readiness: [{ name: 'database', check: async () => 'ECONNREFUSED' }],
    logger: createLogger({
      service: 'things',
      level: 'info',
      destination: { write: (line: string) => void lines.push(line) },
    }),
  })
  app.post('/v1/organisations/:organisation/things', {
    config: { scope: 'things:write' },
    schema: {
      operationId: 'createThing',
      tags: ['Things'],
      summary: 'Make a thing',
      params: Type.Object({ organisation: Type.String() }),
      body: Draft,
      response: { 201: Draft, ...problemResponses(400, 409) },
    },
    handler: async (request, reply) => {
      if (request.body.name === 'broken')
        throw new Problem('thing-broken', { detail: 'It fell down.' })
      if (request.body.name === 'bug')
        throw new Error(`could not store ${request.body.name} Planterad`)
      return reply.code(201).send(request.body)
    },
  })
  await app.register(async (protocol) => {
    openProtocolSchemas(protocol)
    await registerFormBody(protocol)
    protocol.setErrorHandler(oauthErrorHandler())
    protocol.post('/token', {
      config: { public: true },
      schema: { body: Type.Object({ code: Type.String() }) },
      handler: async () => {
        throw new OAuthError('invalid_grant', 'The code "x" is unknown\\')
      },
    })
  })
  await app.ready()
})

afterAll(async () => {
  await app.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const post = async (
  body: unknown,
  { scope = 'things:write', organisation = 'ri-se' as string | undefined, raw = false } = {},
) => {
  const token = await testAccessToken({ dataDir, scope, ...(organisation && { organisation }) })
  return app.inject({
    method: 'POST',
    url: '/v1/organisations/ri-se/things',
    headers: { authorization: `bearer ${token}`, 'content-type': 'application/json' },
    payload: raw ? String(body) : JSON.stringify(body),
  })
}

describe('a service', () => {
  it('takes a valid request', async () => {
    const response = await post({ name: 'kniv' })
    expect(response.statusCode).toBe(201)
    expect(response.json()).toEqual({ name: 'kniv' })
    expect(response.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('names every fault of a body at once and repeats no value', async () => {
    const response = await post({ count: 'Hemligt', surplus: 'Hemligt' })
    expect(response.statusCode).toBe(400)
    expect(response.headers['content-type']).toContain('application/problem+json')
    expect(response.json()).toMatchObject({
      type: 'http://localhost:3999/problems/validation-failed',
      status: 400,
      errors: expect.arrayContaining([
        { pointer: '/name', detail: 'is required' },
        { pointer: '/surplus', detail: 'is not known here' },
        { pointer: '/count', detail: 'must be integer' },
      ]),
    })
    expect(response.body).not.toContain('Hemligt')
  })

  it.each([
    ['{"name": "x"', 400, 'malformed-json'],
    ['', 400, 'malformed-json'],
    [JSON.stringify({ name: 'x'.repeat(3_000) }), 413, 'payload-too-large'],
  ])('refuses the body %j', async (body, status, code) => {
    const response = await post(body, { raw: true })
    expect(response.statusCode).toBe(status)
    expect(response.json().type).toBe(`http://localhost:3999/problems/${code}`)
  })

  it('answers its own refusals with status, title, detail and remedy', async () => {
    const response = await post({ name: 'broken' })
    expect(response.json()).toMatchObject({
      status: 409,
      title: 'The thing is broken',
      detail: 'It fell down.',
      remedy: 'Mend it.',
    })
  })

  it('answers bugs without text, and logs them without the message', async () => {
    const response = await post({ name: 'bug' })
    expect(response.statusCode).toBe(500)
    expect(response.json().type).toMatch(/internal-error$/)
    expect(response.body).not.toContain('Planterad')
    expect(lines.join('\n')).toContain('request failed')
    expect(lines.join('\n')).not.toContain('Planterad')
  })

  it('refuses a request without token, scope or the right organisation', async () => {
    const anonymous = await app.inject({ method: 'POST', url: '/v1/organisations/ri-se/things' })
    expect(anonymous.statusCode).toBe(401)
    expect(anonymous.headers['www-authenticate']).toBe('Bearer')

    const narrow = await post({ name: 'x' }, { scope: 'things:read' })
    expect(narrow.statusCode).toBe(403)
    expect(narrow.headers['www-authenticate']).toContain('scope="things:write"')

    for (const organisation of ['other', undefined]) {
      const foreign = await post({ name: 'x' }, { organisation: organisation ?? '' })
      expect(foreign.statusCode).toBe(403)
      expect(foreign.json().type).toMatch(/organisation-mismatch$/)
    }
  })

  it('says 404 for unknown paths and 405 with Allow for known ones', async () => {
    expect((await app.inject('/nowhere')).statusCode).toBe(404)
    const wrong = await app.inject({ method: 'DELETE', url: '/v1/organisations/ri-se/things' })
    expect(wrong.statusCode).toBe(405)
    expect(wrong.headers.allow).toBe('POST')
  })

  it('answers protocol errors in the protocol’s own form, in plain ASCII (I-45)', async () => {
    const response = await app.inject({
      method: 'POST',
      url: '/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'code=1&unknown=2',
    })
    expect(response.statusCode).toBe(400)
    expect(response.headers['cache-control']).toBe('no-store')
    expect(response.json()).toEqual({
      error: 'invalid_grant',
      error_description: 'The code ?x? is unknown?',
    })
  })

  it.each([
    ['code=1&code=2', 'application/x-www-form-urlencoded'],
    ['{"code":"1"}', 'application/json'],
    ['other=1', 'application/x-www-form-urlencoded'],
  ])('refuses the form %j as invalid_request', async (payload, type) => {
    const response = await app.inject({
      method: 'POST',
      url: '/token',
      headers: { 'content-type': type },
      payload,
    })
    expect(response.statusCode).toBe(400)
    expect(response.json().error).toBe('invalid_request')
  })

  it('tells health with reasons, metrics, documents and problem pages', async () => {
    expect((await app.inject('/livez')).json()).toEqual({ status: 'ok' })
    const ready = await app.inject('/readyz')
    expect(ready.statusCode).toBe(503)
    expect(ready.json().checks).toEqual([
      { name: 'database', status: 'unavailable', reason: 'ECONNREFUSED' },
    ])
    expect((await app.inject('/metrics')).body).toContain('http_request_duration_seconds')
    expect((await app.inject('/openapi.json')).json().openapi).toBe('3.1.0')
    expect((await app.inject('/docs/')).statusCode).toBe(200)
    expect((await app.inject('/problems/thing-broken')).json()).toMatchObject({
      remedy: 'Mend it.',
    })
  })
})
