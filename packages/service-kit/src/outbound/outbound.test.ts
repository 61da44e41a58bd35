import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Resolve } from './guarded-agent.ts'
import { createOutbound, type Outbound } from './outbound.ts'
import type { OutboundConfig } from './outbound-policy.ts'

const json = { accept: 'application/json' }
const production: OutboundConfig = { NODE_ENV: 'production' }
const development: OutboundConfig = {}

type Answer = (request: IncomingMessage, response: ServerResponse) => void
let answer: Answer
let calls = 0
let server: Server
let origin: string
const opened: Outbound[] = []

const open = (config: OutboundConfig, resolve?: Resolve, clock?: { now(): Date }): Outbound => {
  const outbound = createOutbound({ config, resolve, clock })
  opened.push(outbound)
  return outbound
}

const answerJson =
  (body: string, headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(body)

/** Every name leads to these addresses. */
const resolvesTo =
  (...addresses: string[]): Resolve =>
  (_hostname, _options, callback) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )

beforeAll(async () => {
  server = createServer((request, response) => {
    calls += 1
    answer(request, response)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  // An address() of a listening TCP server is never a string.
  const { port } = server.address() as AddressInfo
  origin = `http://127.0.0.1:${port}`
})

afterEach(async () => {
  calls = 0
  await Promise.all(opened.splice(0).map((outbound) => outbound.close()))
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

describe('what is no text', () => {
  it('is handed out as bytes, within the same limits, and refused as text', async () => {
    const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff])
    answer = (_request, response) =>
      response.writeHead(200, { 'content-type': 'image/png' }).end(bytes)
    const outbound = open(development)
    const image = { accept: 'image/png' }
    const got = await outbound.getBytes(origin, image)
    expect(got.ok && got.value.body).toEqual(bytes)
    expect(await outbound.getBytes(origin, { ...image, maxBytes: 4 })).toMatchObject({
      ok: false,
      code: 'too_large',
    })
    expect(await outbound.getText(origin, image)).toMatchObject({ ok: false, code: 'malformed' })
  })
})

describe('where calls may lead', () => {
  const hosts = [
    '127.0.0.1',
    'localhost',
    'sub.localhost',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '0177.0.0.1',
    '127.1',
    '0',
    '0.0.0.0',
    '169.254.169.254',
    '[fe80::1]',
    '[::ffff:169.254.169.254]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b::a9fe:a9fe]',
    '[2002:7f00:1::]',
    '[fd00::1]',
    '10.0.0.1',
    '192.168.0.1',
    '100.64.0.1',
    '127.0.0.1.',
  ]

  it.each(hosts)('refuses https://%s in production, for itself and for libraries', async (host) => {
    const outbound = open(production, resolvesTo('127.0.0.1'))
    const port = new URL(origin).port
    const url = `https://${host}:${port}/`
    expect(await outbound.getText(url, json)).toMatchObject({ ok: false, code: 'blocked' })
    await expect(outbound.fetch(url)).rejects.toThrow()
    expect(calls).toBe(0)
  })

  it.each(['10.0.0.1', '127.0.0.1', '169.254.169.254', '::1', '64:ff9b::7f00:1', 'fd00::1'])(
    'refuses a name that leads to %s',
    async (address) => {
      const outbound = open(production, resolvesTo(address))
      expect(await outbound.getText('https://issuer.example/', json)).toMatchObject({
        ok: false,
        code: 'blocked',
      })
    },
  )

  it('refuses a name that leads to a public and a private address', async () => {
    const outbound = open(production, resolvesTo('93.184.216.34', '127.0.0.1'))
    expect(await outbound.getText('https://issuer.example/', json)).toMatchObject({
      code: 'blocked',
    })
  })

  it('checks the name each time it connects, so that a rebound name is refused (S-21)', async () => {
    const answers = [['127.0.0.1'], ['10.0.0.1']]
    const rebinding: Resolve = (hostname, options, callback) =>
      resolvesTo(...(answers.shift() ?? []))(hostname, options, callback)
    const outbound = open(development, rebinding)
    answer = (_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json', connection: 'close' }).end('{}')
    const url = origin.replace('127.0.0.1', 'localhost')
    expect((await outbound.getText(url, json)).ok).toBe(true)
    expect(await outbound.getText(url, json)).toMatchObject({ code: 'blocked' })
    expect(calls).toBe(1)
  })

  it.each([
    'http://issuer.example/',
    'ftp://issuer.example/',
    'file:///etc/passwd',
    'data:application/json,{}',
    'https://user:secret@issuer.example/',
    'not a url',
    '//issuer.example',
  ])('refuses %s', async (url) => {
    const outbound = open(production, resolvesTo('93.184.216.34'))
    expect(await outbound.getText(url, json)).toMatchObject({ ok: false, code: 'blocked' })
    await expect(outbound.fetch(url)).rejects.toThrow()
  })

  it('reaches this machine over http in development, and no other private address', async () => {
    const outbound = open(development, resolvesTo('10.0.0.1'))
    answer = answerJson('{"a":1}')
    expect(await outbound.getJson(origin)).toMatchObject({ ok: true, value: { body: { a: 1 } } })
    for (const url of ['http://10.0.0.1/', 'https://10.0.0.1/', 'http://issuer.example/'])
      expect(await outbound.getText(url, json)).toMatchObject({ code: 'blocked' })
    expect(await outbound.getText('http://[::1]:1/', json)).toMatchObject({ code: 'unreachable' })
    // A name under .localhost that somebody's resolver sends elsewhere.
    expect(await outbound.getText('http://evil.localhost/', json)).toMatchObject({
      code: 'blocked',
    })
  })

  it('reaches a listed origin, and only that', async () => {
    const outbound = open({ ...production, OUTBOUND_ALLOW: `https://x.example, ${origin}/` })
    answer = answerJson('{}')
    expect((await outbound.getText(origin, json)).ok).toBe(true)
    const other = origin.replace(/:\d+$/, ':1')
    expect(await outbound.getText(other, json)).toMatchObject({ code: 'blocked' })
  })

  it('does not follow a redirect, to anywhere', async () => {
    const outbound = open(development)
    answer = (request, response) =>
      request.url === '/start'
        ? response.writeHead(302, { location: `${origin}/secret` }).end()
        : response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    expect(await outbound.getText(`${origin}/start`, json)).toMatchObject({
      ok: false,
      code: 'status',
      status: 302,
    })
    await expect(outbound.fetch(`${origin}/start`)).rejects.toThrow()
    await expect(outbound.fetch(`${origin}/start`, { redirect: 'follow' })).rejects.toThrow()
    expect(calls).toBe(3)
  })
})

describe('what an answer may be', () => {
  it('refuses more bytes than its use allows, announced or not', async () => {
    const outbound = open(development)
    const large = JSON.stringify('x'.repeat(2_000))
    const limits = { ...json, maxBytes: 1_000 }
    answer = answerJson(large, { 'content-length': String(large.length) })
    expect(await outbound.getText(origin, limits)).toMatchObject({ code: 'too_large' })
    answer = answerJson(large, { 'transfer-encoding': 'chunked' })
    expect(await outbound.getText(origin, limits)).toMatchObject({ code: 'too_large' })
    expect((await outbound.getText(origin, { ...json, maxBytes: large.length })).ok).toBe(true)
  })

  it('refuses an endless body, for libraries too', async () => {
    const outbound = open(development)
    answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      const pump = setInterval(() => response.write('x'.repeat(100_000)), 1)
      response.on('close', () => clearInterval(pump))
    }
    expect(await outbound.getText(origin, json)).toMatchObject({ code: 'too_large' })
    await expect(outbound.fetch(origin)).rejects.toThrow()
  })

  it('gives up on an answer that does not begin, or does not end', async () => {
    const outbound = open(development)
    const hasty = { ...json, timeoutMs: 150 }
    answer = () => undefined
    expect(await outbound.getText(origin, hasty)).toMatchObject({ code: 'timeout' })
    answer = (_request, response) =>
      void response.writeHead(200, { 'content-type': 'application/json' }).write('{')
    expect(await outbound.getText(origin, hasty)).toMatchObject({ code: 'timeout' })
  })

  it.each(['text/html', 'application/jsonp', 'application/json-evil', ''])(
    'refuses media type "%s" where JSON is due',
    async (type) => {
      const outbound = open(development)
      answer = (_request, response) =>
        response.writeHead(200, type === '' ? {} : { 'content-type': type }).end('{}')
      expect(await outbound.getText(origin, json)).toMatchObject({ code: 'media_type' })
      expect(await outbound.getJson(origin)).toMatchObject({ code: 'media_type' })
    },
  )

  it('takes media type parameters and JSON suffixes', async () => {
    const outbound = open(development)
    answer = answerJson('{}', { 'content-type': 'Application/JSON; charset=utf-8' })
    expect(await outbound.getText(origin, json)).toMatchObject({
      value: { contentType: 'application/json' },
    })
    answer = answerJson('{}', { 'content-type': 'application/jwk-set+json' })
    expect((await outbound.getJson(origin)).ok).toBe(true)
  })

  it('refuses an encoded body that nobody asked for', async () => {
    const outbound = open(development)
    answer = answerJson('{}', { 'content-encoding': 'gzip' })
    expect(await outbound.getText(origin, json)).toMatchObject({ code: 'media_type' })
  })

  it('refuses what is neither UTF-8 nor JSON', async () => {
    const outbound = open(development)
    answer = (_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(Buffer.from([0xff]))
    expect(await outbound.getText(origin, json)).toMatchObject({ code: 'malformed' })
    for (const body of ['{', '{"a":1,"a":2}', '['.repeat(1_000) + ']'.repeat(1_000)]) {
      answer = answerJson(body)
      expect(await outbound.getJson(origin)).toMatchObject({ code: 'malformed' })
    }
  })

  it('never hands out the body of an error', async () => {
    const outbound = open(development)
    answer = (_request, response) =>
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"secret":1}')
    const result = await outbound.getText(origin, json)
    expect(result).toMatchObject({ ok: false, code: 'status', status: 404 })
    expect(JSON.stringify(result)).not.toContain('secret')
  })
})

describe('what is sent', () => {
  it('posts a form and reads the answer', async () => {
    const outbound = open(development)
    let received = ''
    answer = (request, response) => {
      request.on('data', (chunk) => {
        received += chunk
      })
      request.on('end', () => answerJson('{"ok":true}')(request, response))
    }
    const result = await outbound.postForm(origin, { response: 'a b&c' }, json)
    expect(received).toBe('response=a+b%26c')
    expect(result).toMatchObject({ ok: true, value: { body: '{"ok":true}' } })
  })

  it('lets a library post through fetch', async () => {
    const outbound = open(development)
    let received = ''
    answer = (request, response) => {
      received += `${request.method} ${request.headers['content-type']} `
      request.on('data', (chunk) => {
        received += chunk
      })
      request.on('end', () => answerJson('{"a":1}')(request, response))
    }
    const response = await outbound.fetch(`${origin}/token`, {
      method: 'POST',
      body: new URLSearchParams({ code: 'x' }),
    })
    expect(received).toMatch(/^POST application\/x-www-form-urlencoded.* code=x$/)
    expect(response).toBeInstanceOf(Response)
    expect(await response.json()).toEqual({ a: 1 })
  })
})

describe('a host that does not answer', () => {
  it('is left alone after five failures, and tried again after half a minute', async () => {
    let now = 0
    const outbound = open(development, undefined, { now: () => new Date(now) })
    answer = (_request, response) => response.writeHead(503).end()
    for (let attempt = 0; attempt < 8; attempt++) await outbound.getText(origin, json)
    expect(calls).toBe(5)
    expect(await outbound.getText(origin, json)).toMatchObject({ code: 'unreachable' })

    now = 31_000
    answer = answerJson('{}')
    expect((await outbound.getText(origin, json)).ok).toBe(true)
    expect((await outbound.getText(origin, json)).ok).toBe(true)
    expect(calls).toBe(7)
  })

  it('says no more than that it cannot be reached', async () => {
    const outbound = open(development)
    const result = await outbound.getText('http://127.0.0.1:1/', json)
    expect(result).toEqual({
      ok: false,
      code: 'unreachable',
      detail: 'The host cannot be reached.',
    })
  })
})
