import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readRequest } from './flow.ts'
import { purpose, startVerifier, type TestVerifier } from './support.ts'
import { aHolder, startTestIssuer, type TestIssuer } from './test-issuer.ts'

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
    .post('/v1/presentation-requests', { purpose, ...draft })
  if (created.statusCode !== 201) throw new Error(created.body)
  const body = created.json()
  return { ...body, path: new URL(body.page).pathname }
}

/** A browser: it has a cookie once it was given one. */
function aBrowser() {
  let cookie: string | undefined
  const send = async (method: 'GET' | 'POST', url: string, body?: object) => {
    const answer = await verifier.app.inject({
      method,
      url,
      headers: { ...(cookie && { cookie }) },
      ...(body && { payload: body }),
    })
    const set = answer.headers['set-cookie']
    if (typeof set === 'string') cookie = set.split(';')[0]
    return answer
  }
  return {
    enter: (path: string) => send('POST', `${path}/session`),
    read: (path: string, body: object = {}) => send('POST', `${path}/result`, body),
    get: (path: string) => send('GET', path),
    post: (path: string, body: object) => send('POST', path, body),
  }
}

async function answer(authorizationRequest: string): Promise<string | undefined> {
  const request = await verifier.wallet.open(authorizationRequest)
  const holder = aHolder()
  const token = await verifier.wallet.present(request, await issuer.issue({ holder }), holder)
  const answered = await verifier.wallet.answer(request, { micro_credential: [token] })
  expect(answered.statusCode).toBe(200)
  return answered.json().redirect_uri
}

const codeIn = (redirectUri = '') =>
  new URLSearchParams(new URL(redirectUri).hash.slice(1)).get('response_code') ?? ''

const refusal = (response: { statusCode: number; json: () => { type?: string } }) => [
  response.statusCode,
  response.json().type?.split('/').at(-1),
]

describe('the page of a request', () => {
  it('shows the first browser how to answer, and holds on to it by a cookie of its own', async () => {
    const { path, confirmationCode, authorizationRequest } = await ask()
    const entered = await aBrowser().enter(path)
    expect(entered.json()).toMatchObject({
      verifier: 'Mikromerit verifier',
      request: { state: 'pending', purpose },
      ways: { isSameDevice: false, confirmationCode, authorizationRequest },
    })
    expect(entered.json().ways.qrCode).toMatch(/^<svg /)
    const cookie = String(entered.headers['set-cookie'])
    for (const attribute of [`Path=${path}`, 'HttpOnly', 'SameSite=Strict', 'Secure'])
      expect(cookie).toContain(attribute)
    expect(entered.headers['cache-control']).toBe('no-store')
  })

  it('shows nothing to any other browser, whatever it asks (V-10, S-16)', async () => {
    const { path, authorizationRequest, id } = await ask()
    const browser = aBrowser()
    await browser.enter(path)
    await answer(authorizationRequest)
    const other = aBrowser()
    const body = { protocol: 'openid4vp-v1-signed', data: { error: 'access_denied' } }
    for (const asked of [
      await other.enter(path),
      await other.read(path),
      await other.get(`${path}/events`),
      await other.post(`${path}/dc-api-response`, body),
    ])
      expect(refusal(asked)).toEqual([409, 'page-open-elsewhere'])
    expect((await browser.read(path)).json().report.outcome).toBe('valid')
    expect((await browser.enter(path)).json().request).toMatchObject({ id, state: 'answered' })
  })

  it('has one first browser, also in a race across replicas (S-16)', async () => {
    const { path } = await ask()
    const replica = await verifier.another()
    const enter = (app: TestVerifier['app']) =>
      app.inject({ method: 'POST', url: `${path}/session` })
    const entered = await Promise.all(
      [verifier.app, replica.app, verifier.app, replica.app].map(enter),
    )
    expect(entered.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409, 409, 409])
  })

  it('shows nothing without a session, and is not found by what a wallet knows (V-11)', async () => {
    const { path, requestUri } = await ask()
    expect(refusal(await aBrowser().read(path))).toEqual([409, 'page-open-elsewhere'])
    const secret = requestUri.split('/').at(-1)
    for (const unknown of [`/request/${secret}`, '/request/unknown'])
      expect(refusal(await aBrowser().enter(unknown))).toEqual([
        404,
        'presentation-request-not-found',
      ])
  })

  it('tells each state, and the report at the end', async () => {
    const { path, authorizationRequest } = await ask()
    const browser = aBrowser()
    await browser.enter(path)
    const following = browser.get(`${path}/events`)
    await answer(authorizationRequest)
    const { body } = await following
    const states = [...body.matchAll(/"state":"(\w+)"/g)].map(([, state]) => state)
    expect(states.at(-1)).toBe('answered')
    expect(body).toContain('"outcome":"valid"')
  })
})

describe('the page on one device', () => {
  it('gets the report by session and response code together, and then the asker, too (V-09, V-10, S-16)', async () => {
    const { path, page, id, authorizationRequest } = await ask({ flow: 'same_device' })
    const browser = aBrowser()
    expect((await browser.enter(path)).json().ways).toMatchObject({ isSameDevice: true })
    const redirectUri = await answer(authorizationRequest)
    expect(redirectUri).toMatch(`${page}#response_code=`)
    const responseCode = codeIn(redirectUri)

    expect((await browser.read(path)).json()).not.toHaveProperty('report')
    const stranger = await aBrowser().read(path, { responseCode })
    expect(refusal(stranger)).toEqual([409, 'page-open-elsewhere'])
    const wrong = await browser.read(path, { responseCode: 'wrong' })
    expect(refusal(wrong)).toEqual([403, 'response-code-wrong'])
    expect((await readRequest(verifier, id)).json()).not.toHaveProperty('report')

    expect((await browser.read(path, { responseCode })).json().report.outcome).toBe('valid')
    expect((await browser.read(path)).json().report.outcome).toBe('valid')
    expect((await readRequest(verifier, id)).json().report.outcome).toBe('valid')
  })
})

describe('the page with the Digital Credentials API', () => {
  it('asks for its own origin and hands in what the browser gave', async () => {
    const { path, digitalCredentialRequest } = await ask({
      responseMode: 'dc_api',
      clientIdPrefix: 'redirect_uri',
    })
    const browser = aBrowser()
    await browser.enter(path)
    const { protocol, data: request } = digitalCredentialRequest
    const holder = aHolder()
    const credential = await issuer.issue({ holder })
    const audience = 'origin:https://verifier.example.se'
    const token = await verifier.wallet.present(request, credential, holder, { audience })
    const data = { vp_token: { micro_credential: [token] } }
    const answered = await browser.post(`${path}/dc-api-response`, { protocol, data })
    expect(answered.json()).toMatchObject({ state: 'answered', report: { outcome: 'valid' } })
    const again = await browser.post(`${path}/dc-api-response`, { protocol, data })
    expect(refusal(again)).toEqual([409, 'presentation-request-closed'])
  })
})
