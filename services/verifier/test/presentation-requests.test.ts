import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRequest, present, readRequest } from './flow.ts'
import { purpose, startVerifier, type TestVerifier } from './support.ts'
import { aHolder, startTestIssuer, type TestIssuer } from './test-issuer.ts'

let verifier: TestVerifier
let issuer: TestIssuer

beforeAll(async () => {
  verifier = await startVerifier()
  issuer = await startTestIssuer({
    certifiedIn: verifier.config.DATA_DIR,
    now: () => verifier.clock.now(),
  })
})
afterAll(async () => {
  await issuer.close()
  await verifier.close()
})

const employer = () => verifier.as('presentation-requests:write')
const create = (draft: Record<string, unknown> = {}) =>
  employer().post('/v1/presentation-requests', { purpose, ...draft })
const problemOf = (response: { json(): { type?: string } }) =>
  response.json().type?.split('/').at(-1)

describe('POST /v1/presentation-requests', () => {
  it('answers with an authorization request for the wallet and an id that is not in it (V-01, V-11)', async () => {
    const response = await create()
    expect(response.statusCode).toBe(201)
    const { id, authorizationRequest, requestUri, expiresAt } = response.json()
    const url = new URL(authorizationRequest)
    expect(url.protocol).toBe('openid4vp:')
    expect(url.searchParams.get('client_id')).toMatch(/^x509_hash:[\w-]{43}$/)
    expect(url.searchParams.get('request_uri')).toBe(requestUri)
    expect(requestUri).toMatch(/^http:\/\/localhost:3003\/openid4vp\/requests\/[\w-]{43}$/)
    expect(authorizationRequest).not.toContain(id)
    expect(Date.parse(expiresAt)).toBe(verifier.clock.now().getTime() + 600_000)
  })

  it('refuses unknown members, a missing purpose and a purpose in one language, all at once', async () => {
    const before = await verifier.rows('presentation_requests')
    const response = await employer().post('/v1/presentation-requests', {
      purpose: { sv: 'Bara svenska' },
      surplus: 1,
    })
    expect(response.statusCode).toBe(400)
    expect(problemOf(response)).toBe('validation-failed')
    const pointers = response.json().errors.map(({ pointer }: { pointer: string }) => pointer)
    expect(pointers).toEqual(expect.arrayContaining(['/surplus', '/purpose/en']))
    expect(await verifier.rows('presentation_requests')).toHaveLength(before.length)
  })

  it.each([
    ['without meta', { id: 'a', format: 'dc+sd-jwt' }],
    ['without vct_values', { id: 'a', format: 'dc+sd-jwt', meta: {} }],
    ['of a format we cannot check', { id: 'a', format: 'mso_mdoc', meta: { doctype_value: 'x' } }],
    ['with a malformed id', { id: 'a b', format: 'dc+sd-jwt', meta: { vct_values: ['x'] } }],
    [
      'without holder binding',
      {
        id: 'a',
        format: 'dc+sd-jwt',
        meta: { vct_values: ['x'] },
        require_cryptographic_holder_binding: false,
      },
    ],
    [
      'with an empty path',
      { id: 'a', format: 'dc+sd-jwt', meta: { vct_values: ['x'] }, claims: [{ path: [] }] },
    ],
    [
      'with more than 64 claims',
      {
        id: 'a',
        format: 'dc+sd-jwt',
        meta: { vct_values: ['x'] },
        claims: Array.from({ length: 65 }, (_, at) => ({ path: [`c${at}`] })),
      },
    ],
    [
      'with a path of more than 16 steps',
      {
        id: 'a',
        format: 'dc+sd-jwt',
        meta: { vct_values: ['x'] },
        claims: [{ path: Array.from({ length: 17 }, () => 'x') }],
      },
    ],
  ])('refuses a query %s', async (what, credential) => {
    const before = await verifier.rows('wallet_requests')
    const response = await create({ dcql: { credentials: [credential] } })
    expect(response.statusCode).toBe(400)
    expect(problemOf(response)).toBe(
      what === 'without vct_values' ? 'dcql-invalid' : 'validation-failed',
    )
    expect(await verifier.rows('wallet_requests')).toHaveLength(before.length)
  })

  it('refuses a query that contradicts itself, and says where', async () => {
    const credential = { id: 'a', format: 'dc+sd-jwt', meta: { vct_values: ['x'] } }
    const response = await create({ dcql: { credentials: [credential, credential] } })
    expect(response.statusCode).toBe(400)
    expect(problemOf(response)).toBe('dcql-invalid')
    expect(response.json().errors[0].pointer).toBe('/dcql/credentials/1/id')
  })

  it('refuses a policy together with a query, and an unknown policy', async () => {
    const credential = { id: 'a', format: 'dc+sd-jwt', meta: { vct_values: ['x'] } }
    const both = await create({ policyId: 'p', dcql: { credentials: [credential] } })
    expect([both.statusCode, problemOf(both)]).toEqual([400, 'query-ambiguous'])
    const unknown = await create({ policyId: 'unknown' })
    expect([unknown.statusCode, problemOf(unknown)]).toEqual([404, 'policy-not-found'])
  })

  it.each([
    'http://evil.example/cb',
    'https://a.example/#x',
    'https://u:p@a.example/',
    'javascript:alert(1)',
  ])('refuses to send the learner to %s', async (redirectUri) => {
    const response = await create({ redirectUri })
    expect([response.statusCode, problemOf(response)]).toEqual([400, 'redirect-uri-invalid'])
  })

  it('answers the same to the same idempotency key, and refuses it for something else', async () => {
    const headers = { 'idempotency-key': 'key-for-this-test' }
    const first = await employer().post('/v1/presentation-requests', { purpose }, headers)
    const before = await verifier.rows('presentation_requests')
    const again = await employer().post('/v1/presentation-requests', { purpose }, headers)
    expect(again.json()).toEqual(first.json())
    const other = await employer().post(
      '/v1/presentation-requests',
      { purpose, expiresIn: 60 },
      headers,
    )
    expect([other.statusCode, problemOf(other)]).toEqual([422, 'idempotency-key-reused'])
    expect(await verifier.rows('presentation_requests')).toHaveLength(before.length)
  })
})

describe('GET /v1/presentation-requests/{id}', () => {
  it('goes from pending over fetched to answered, with the report', async () => {
    const created = (await create()).json()
    expect((await readRequest(verifier, created.id)).json()).toMatchObject({
      state: 'pending',
      purpose,
    })
    const request = await verifier.wallet.open(created.authorizationRequest)
    expect((await readRequest(verifier, created.id)).json().state).toBe('fetched')
    const holder = aHolder()
    const credential = await issuer.issue({ holder })
    const token = await verifier.wallet.present(request, credential, holder)
    await verifier.wallet.answer(request, { micro_credential: [token] })
    const read = await readRequest(verifier, created.id)
    expect(read.headers['cache-control']).toBe('no-store')
    expect(read.json()).toMatchObject({ state: 'answered', report: { outcome: 'valid' } })
  })

  it('is expired when nobody answered in time', async () => {
    const { id } = (await create({ expiresIn: 30 })).json()
    verifier.clock.advance(30)
    expect((await readRequest(verifier, id)).json().state).toBe('expired')
  })

  it('is not found by another organisation, another person, or an unknown id', async () => {
    const { id } = await present(verifier, issuer)
    const path = `/v1/presentation-requests/${id}`
    for (const holder of [
      { organisation: 'konkurrenten' },
      { subject: 'developer' },
      { subject: 'arbetsgivaren' },
      { subject: 'organisation/arbetsgivaren' },
    ]) {
      const caller = verifier.as('presentation-requests:write', holder)
      for (const response of [await caller.get(path), await caller.get(`${path}/events`)])
        expect([response.statusCode, problemOf(response)]).toEqual([
          404,
          'presentation-request-not-found',
        ])
    }
    const unknown = await readRequest(verifier, '0190c1a2-0000-7000-8000-000000000001')
    expect(unknown.statusCode).toBe(404)
  })

  it('belongs to the person when the token names no organisation', async () => {
    const person = verifier.as('presentation-requests:write', { subject: 'anna' })
    const { id } = (await person.post('/v1/presentation-requests', { purpose })).json()
    expect((await person.get(`/v1/presentation-requests/${id}`)).statusCode).toBe(200)
    const other = verifier.as('presentation-requests:write', { subject: 'bo' })
    expect((await other.get(`/v1/presentation-requests/${id}`)).statusCode).toBe(404)
  })

  it('keeps the report sealed, and forgets it with its request after the retention', async () => {
    const other = await startVerifier({ RESULT_RETENTION_HOURS: 1 })
    try {
      const { id } = await present(other, issuer)
      const [row] = await other.rows('presentation_requests')
      expect(String(row?.sealed_report)).not.toContain('affär')
      other.clock.advance(600 + 3_600 + 1)
      await other.purge()
      expect((await readRequest(other, id)).statusCode).toBe(404)
      expect(await other.rows('presentation_requests')).toEqual([])
      expect(await other.rows('wallet_requests')).toEqual([])
    } finally {
      await other.close()
    }
  })
})

it('gives the result to nobody for what a wallet knows of the request (V-11)', async () => {
  const { id, request, requestUri } = await openRequest(verifier)
  const holder = aHolder()
  const token = await verifier.wallet.present(request, await issuer.issue({ holder }), holder)
  await verifier.wallet.answer(request, { micro_credential: [token] })
  const secret = requestUri.split('/').at(-1) ?? ''
  for (const known of [secret, request.state, request.nonce]) {
    const read = await readRequest(verifier, known)
    expect([400, 404]).toContain(read.statusCode)
    expect((await verifier.app.inject(`/v1/presentation-requests/${known}`)).statusCode).toBe(401)
  }
  // The polling id alone does not do either: whoever asks shows who they are.
  expect((await verifier.app.inject(`/v1/presentation-requests/${id}`)).statusCode).toBe(401)
  expect(JSON.stringify(request)).not.toContain(id)
})

describe('with a redirect', () => {
  it('gives the report only for the response code that the wallet brings back (V-09, V-10, S-16)', async () => {
    const { id, request } = await openRequest(verifier, {
      redirectUri: 'https://hr.example.se/tack',
    })
    const holder = aHolder()
    const token = await verifier.wallet.present(request, await issuer.issue({ holder }), holder)
    const answer = await verifier.wallet.answer(request, { micro_credential: [token] })
    const redirect = new URL(answer.json().redirect_uri)
    expect(`${redirect.origin}${redirect.pathname}`).toBe('https://hr.example.se/tack')
    const code = new URLSearchParams(redirect.hash.slice(1)).get('response_code') ?? ''
    expect(code).toMatch(/^[\w-]{43}$/)

    const without = (await readRequest(verifier, id)).json()
    expect(without).toMatchObject({ state: 'answered' })
    expect(without).not.toHaveProperty('report')
    const wrong = await readRequest(verifier, id, '?responseCode=wrong')
    expect([wrong.statusCode, problemOf(wrong)]).toEqual([403, 'response-code-wrong'])
    const right = await readRequest(verifier, id, `?responseCode=${code}`)
    expect(right.json().report.outcome).toBe('valid')
  })
})

describe('events', () => {
  it('tells every state until the last, then ends', async () => {
    const created = (await create()).json()
    const events = verifier
      .as('presentation-requests:read')
      .get(`/v1/presentation-requests/${created.id}/events`)
    await new Promise((resolve) => setTimeout(resolve, 100))
    const request = await verifier.wallet.open(created.authorizationRequest)
    await new Promise((resolve) => setTimeout(resolve, 100))
    await verifier.wallet.decline(request)
    const response = await events
    expect(response.headers['content-type']).toContain('text/event-stream')
    expect(statesOf(response.body)).toEqual(['pending', 'fetched', 'declined'])
  })

  it('come from the same address when Accept asks for them', async () => {
    const { id } = await present(verifier, issuer)
    const caller = verifier.as('presentation-requests:read')
    const response = await caller.get(`/v1/presentation-requests/${id}`, {
      accept: 'text/event-stream',
    })
    expect(statesOf(response.body)).toEqual(['answered'])
  })

  it('end when the service stops', async () => {
    const other = await verifier.another()
    const { id } = (await create()).json()
    const events = other
      .as('presentation-requests:read')
      .get(`/v1/presentation-requests/${id}/events`)
    await new Promise((resolve) => setTimeout(resolve, 100))
    await other.app.close()
    expect(statesOf((await events).body)).toEqual(['pending'])
  })

  it('are refused when there are too many', async () => {
    const other = await startVerifier({ MAX_EVENT_STREAMS: 1 })
    try {
      const caller = other.as('presentation-requests:write')
      const { id } = (await caller.post('/v1/presentation-requests', { purpose })).json()
      const first = caller.get(`/v1/presentation-requests/${id}/events`)
      await new Promise((resolve) => setTimeout(resolve, 100))
      const second = await caller.get(`/v1/presentation-requests/${id}/events`)
      expect([second.statusCode, problemOf(second)]).toEqual([503, 'too-many-event-streams'])
      other.clock.advance(700)
      expect(statesOf((await first).body)).toEqual(['pending', 'expired'])
      expect((await caller.get(`/v1/presentation-requests/${id}/events`)).statusCode).toBe(200)
    } finally {
      await other.close()
    }
  })
})

const statesOf = (body: string): string[] =>
  [...body.matchAll(/^event: state\ndata: (.*)$/gm)].map(
    ([, data = '{}']) => JSON.parse(data).state,
  )
