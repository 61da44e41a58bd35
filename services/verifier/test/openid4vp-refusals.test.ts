import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRequest, readRequest } from './flow.ts'
import { startVerifier, type TestVerifier } from './support.ts'
import { aHolder, type HolderKey, startTestIssuer, type TestIssuer } from './test-issuer.ts'
import type { RequestObject } from './test-wallet.ts'

let verifier: TestVerifier
let issuer: TestIssuer
let holder: HolderKey
let credential: string

beforeAll(async () => {
  verifier = await startVerifier()
  issuer = await startTestIssuer({
    certifiedIn: verifier.config.DATA_DIR,
    now: () => verifier.clock.now(),
  })
  holder = aHolder()
  credential = await issuer.issue({ holder })
})
afterAll(async () => {
  await issuer.close()
  await verifier.close()
})

const { parse } = JSON
const answerTo = async (request: RequestObject) => ({
  micro_credential: [await verifier.wallet.present(request, credential, holder)],
})

/** Refused with invalid_request, and the request is as open as before: the right answer is still taken. */
async function expectRefused(
  { id, request }: { id: string; request: RequestObject },
  response: { statusCode: number; body: string; headers: Record<string, unknown> },
): Promise<void> {
  expect([response.statusCode, parse(response.body).error]).toEqual([400, 'invalid_request'])
  expect(response.headers['cache-control']).toBe('no-store')
  expect((await readRequest(verifier, id)).json().state).toBe('fetched')
  const right =
    request.response_mode === 'direct_post'
      ? await verifier.wallet.postForm(request.response_uri, {
          vp_token: JSON.stringify(await answerTo(request)),
          state: request.state,
        })
      : await verifier.wallet.answer(request, await answerTo(request))
  expect(right.statusCode).toBe(200)
}

describe('refuses and changes nothing for', () => {
  it('a refusal without the state', async () => {
    const opened = await openRequest(verifier)
    const response = await verifier.wallet.decline(opened.request, { state: 'x' })
    await expectRefused(opened, response)
  })

  it('an unknown address (V-06)', async () => {
    const uri = 'http://localhost:3003/openid4vp/responses/unknown'
    const response = await verifier.wallet.postForm(uri, { error: 'access_denied', state: 'x' })
    expect([response.statusCode, response.json().error]).toEqual([400, 'invalid_request'])
  })

  it('another state (V-06)', async () => {
    const opened = await openRequest(verifier)
    const { request } = opened
    const answer = await answerTo(request)
    await expectRefused(opened, await verifier.wallet.answer(request, answer, { state: 'x' }))
  })

  it('the state of another request (V-06)', async () => {
    const opened = await openRequest(verifier)
    const { request: other } = await openRequest(verifier)
    const answer = await answerTo(opened.request)
    const response = await verifier.wallet.answer(opened.request, answer, { state: other.state })
    await expectRefused(opened, response)
  })

  it('an open vp_token where an encrypted one was asked for (V-07)', async () => {
    const opened = await openRequest(verifier)
    const { request } = opened
    const vp_token = JSON.stringify(await answerTo(request))
    const fields = { vp_token, state: request.state }
    await expectRefused(opened, await verifier.wallet.postForm(request.response_uri, fields))
  })

  it('an encrypted answer where an open one was asked for (V-07)', async () => {
    const opened = await openRequest(verifier, { responseMode: 'direct_post' })
    const fields = { response: 'a.b.c.d.e', state: opened.request.state }
    await expectRefused(opened, await verifier.wallet.postForm(opened.request.response_uri, fields))
  })

  it.each([
    ['an encryption that was not offered', { enc: 'A192GCM' }],
    ['a key management that was not offered', { alg: 'ECDH-ES+A256KW' }],
    ['an unknown key', { kid: 'another' }],
  ])('%s (V-08)', async (_what, changes) => {
    const opened = await openRequest(verifier)
    const response = await verifier.wallet.answer(
      opened.request,
      await answerTo(opened.request),
      changes,
    )
    await expectRefused(opened, response)
  })

  it('an answer encrypted to the key of another request (V-03, V-08)', async () => {
    const opened = await openRequest(verifier)
    const { request: other } = await openRequest(verifier)
    const content = { vp_token: await answerTo(opened.request), state: opened.request.state }
    const [key] = opened.request.client_metadata.jwks?.keys ?? []
    const response = await verifier.wallet.encrypt(other, content, { kid: key?.kid ?? '' })
    const answer = await verifier.wallet.postForm(opened.request.response_uri, { response })
    await expectRefused(opened, answer)
  })

  it.each<[string, (token: string) => unknown]>([
    ['a text', (token) => token],
    ['an array', (token) => [token]],
    ['presentations that are not in an array', (token) => ({ micro_credential: token })],
    ['an empty array', () => ({ micro_credential: [] })],
    ['an array of objects', () => ({ micro_credential: [{}] })],
    ['two presentations for one', (token) => ({ micro_credential: [token, token] })],
    ['an unknown query', (token) => ({ micro_credential: [token], other: [token] })],
    ['nothing for a required query', () => ({})],
  ])('a vp_token that is or holds %s (V-12)', async (_what, build) => {
    const opened = await openRequest(verifier)
    const { request } = opened
    const token = await verifier.wallet.present(request, credential, holder)
    await expectRefused(opened, await verifier.wallet.answer(request, build(token)))
  })

  it('more presentations than anybody has asked for (V-12)', async () => {
    const query = {
      format: 'dc+sd-jwt',
      meta: { vct_values: ['urn:eu.europa.ec.eudi:learning:credential:1'] },
    }
    const dcql = { credentials: [{ ...query, id: 'micro_credential', multiple: true }] }
    const opened = await openRequest(verifier, { dcql })
    const token = await verifier.wallet.present(opened.request, credential, holder)
    const vpToken = { micro_credential: Array(33).fill(token) }
    await expectRefused(opened, await verifier.wallet.answer(opened.request, vpToken))
  })

  it('one wrong nonce among several presentations (V-15)', async () => {
    const query = {
      format: 'dc+sd-jwt',
      meta: { vct_values: ['urn:eu.europa.ec.eudi:learning:credential:1'] },
    }
    const dcql = { credentials: [{ ...query, id: 'micro_credential', multiple: true }] }
    const opened = await openRequest(verifier, { dcql })
    const { request } = opened
    const right = await verifier.wallet.present(request, credential, holder)
    const wrong = await verifier.wallet.present(request, credential, holder, { nonce: 'another' })
    const vpToken = { micro_credential: [right, wrong] }
    await expectRefused(opened, await verifier.wallet.answer(request, vpToken))
  })

  it('the answer to another request, replayed (S-01, S-15)', async () => {
    const opened = await openRequest(verifier)
    const { request: other } = await openRequest(verifier)
    const response = await verifier.wallet.answer(opened.request, await answerTo(other))
    await expectRefused(opened, response)
  })

  it.each<[string, (request: RequestObject) => string]>([
    ['a parameter sent twice', ({ state }) => `error=access_denied&state=${state}&state=${state}`],
    ['no parameters', () => ''],
    ['only a state', ({ state }) => `state=${state}`],
    ['a response that is no JWE', () => 'response=abc'],
    ['a body beyond the limit', () => `response=${'a'.repeat(600_000)}`],
  ])('%s', async (_what, build) => {
    const opened = await openRequest(verifier)
    const { request } = opened
    const response = await verifier.wallet.postForm(request.response_uri, build(request))
    expect([400, 413]).toContain(response.statusCode)
    await expectRefused(opened, { ...response, statusCode: 400 })
  })

  it.each(['application/json', 'text/plain'])('a body of type %s', async (type) => {
    const opened = await openRequest(verifier)
    const { request } = opened
    const response = await verifier.app.inject({
      method: 'POST',
      url: new URL(request.response_uri).pathname,
      headers: { 'content-type': type },
      payload: JSON.stringify({ error: 'access_denied', state: request.state }),
    })
    await expectRefused(opened, response)
  })

  it('a method that is not POST', async () => {
    const { request } = await openRequest(verifier)
    const response = await verifier.app.inject({
      method: 'GET',
      url: new URL(request.response_uri).pathname,
    })
    expect(response.statusCode).toBe(405)
  })
})
