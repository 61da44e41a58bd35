import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readRequest } from './flow.ts'
import { purpose, startVerifier, type TestVerifier } from './support.ts'
import { aHolder, startTestIssuer, type TestIssuer } from './test-issuer.ts'
import { type RequestObject, readRequestObject } from './test-wallet.ts'

const origin = 'https://employer.example.se'
let verifier: TestVerifier
let issuer: TestIssuer

beforeAll(async () => {
  verifier = await startVerifier({ PUBLIC_URL: 'https://verifier.example.se' })
  issuer = await startTestIssuer({
    certifiedIn: verifier.config.DATA_DIR,
    now: () => verifier.clock.now(),
  })
})
afterAll(async () => {
  await issuer.close()
  await verifier.close()
})

async function ask(draft: object = {}) {
  const created = await verifier
    .as('presentation-requests:write')
    .post('/v1/presentation-requests', {
      purpose,
      responseMode: 'dc_api.jwt',
      expectedOrigins: [origin],
      ...draft,
    })
  if (created.statusCode !== 201) throw new Error(created.body)
  const { id, digitalCredentialRequest } = created.json()
  const { protocol, data } = digitalCredentialRequest
  const request =
    protocol === 'openid4vp-v1-signed'
      ? await readRequestObject(data.request, verifier.clock.now())
      : (data as RequestObject)
  return { id, protocol, request }
}

async function show(request: RequestObject, audience = `origin:${origin}`) {
  const holder = aHolder()
  const credential = await issuer.issue({ holder })
  const token = await verifier.wallet.present(request, credential, holder, { audience })
  return { vp_token: { micro_credential: [token] } }
}

const handIn = (id: string, body: object, holder?: { organisation: string }) =>
  verifier
    .as('presentation-requests:write', holder)
    .post(`/v1/presentation-requests/${id}/dc-api-response`, body)

const outcomeOf = async (id: string) => (await readRequest(verifier, id)).json().state

describe('the Digital Credentials API of browsers', () => {
  it('carries a signed request that names its pages, and an encrypted answer (V-02)', async () => {
    const { id, protocol, request } = await ask()
    expect(request).toMatchObject({ response_mode: 'dc_api.jwt', expected_origins: [origin] })
    expect(request).not.toHaveProperty('response_uri')
    expect(request).not.toHaveProperty('state')
    const response = await verifier.wallet.encrypt(request, await show(request))
    const answered = await handIn(id, { protocol, data: { response } })
    expect(answered.statusCode).toBe(200)
    expect(answered.json()).toMatchObject({ state: 'answered', report: { outcome: 'valid' } })
  })

  it('carries an unsigned request without client_id, and an answer in the open', async () => {
    const { id, protocol, request } = await ask({
      clientIdPrefix: 'redirect_uri',
      responseMode: 'dc_api',
    })
    expect(protocol).toBe('openid4vp-v1-unsigned')
    expect(request).not.toHaveProperty('client_id')
    const answered = await handIn(id, { protocol, data: await show(request) })
    expect(answered.json()).toMatchObject({ state: 'answered', report: { outcome: 'valid' } })
  })

  it('gives an answer for another page away to nobody (V-15, S-15)', async () => {
    const { id, protocol, request } = await ask({ responseMode: 'dc_api' })
    const data = await show(request, 'origin:https://thief.example')
    const { report } = (await handIn(id, { protocol, data })).json()
    expect(report).toMatchObject({ outcome: 'invalid', microCredentials: [] })
  })

  it('does not take what is addressed to the client identifier: a page is who asks (V-15)', async () => {
    const { id, protocol, request } = await ask({ responseMode: 'dc_api' })
    const data = await show(request, request.client_id)
    const { report } = (await handIn(id, { protocol, data })).json()
    expect(report.outcome).toBe('invalid')
  })

  it.each([
    ['in the open though it was to be encrypted (V-07)', (data: object) => data],
    ['encrypted to nobody (V-08)', () => ({ response: 'a.b.c.d.e' })],
    ['of no shape', () => ({ vp_token: 'text' })],
  ])('refuses an answer %s, and stays open', async (_, change) => {
    const { id, protocol, request } = await ask()
    const refused = await handIn(id, { protocol, data: change(await show(request)) })
    expect([refused.statusCode, refused.json().type]).toEqual([
      400,
      expect.stringContaining('browser-answer-invalid'),
    ])
    expect(await outcomeOf(id)).toBe('pending')
  })

  it('takes one answer (V-06)', async () => {
    const { id, protocol, request } = await ask({ responseMode: 'dc_api' })
    const data = await show(request)
    const answers = await Promise.all([1, 2, 3].map(() => handIn(id, { protocol, data })))
    // Whoever comes later finds it closed, or loses when it is stored: never a second report.
    const codes = answers.map(({ statusCode }) => statusCode).toSorted()
    expect([codes[0], ...codes.slice(1).map((code) => code === 400 || code === 409)]).toEqual([
      200,
      true,
      true,
    ])
    expect((await handIn(id, { protocol, data })).statusCode).toBe(409)
  })

  it('is for whoever asked alone (S-23)', async () => {
    const { id, protocol, request } = await ask({ responseMode: 'dc_api' })
    const data = await show(request)
    const foreign = await handIn(id, { protocol, data }, { organisation: 'annan' })
    expect(foreign.statusCode).toBe(404)
    expect(await outcomeOf(id)).toBe('pending')
  })

  it('tells of a wallet that declined', async () => {
    const { id, protocol } = await ask()
    const answered = await handIn(id, { protocol, data: { error: 'access_denied' } })
    expect(answered.json()).toMatchObject({ state: 'declined', walletError: 'access_denied' })
  })

  it('does not answer a request that is not for browsers', async () => {
    const created = await verifier
      .as('presentation-requests:write')
      .post('/v1/presentation-requests', { purpose })
    const body = { protocol: 'openid4vp-v1-signed', data: { error: 'access_denied' } }
    expect((await handIn(created.json().id, body)).statusCode).toBe(400)
    expect(await outcomeOf(created.json().id)).toBe('pending')
  })
})
