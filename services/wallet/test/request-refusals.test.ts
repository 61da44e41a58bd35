import { generateSigningKey } from '@mikromerit/credentials'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  previewRequest,
  receive,
  startTrustedIssuer,
  startTrustedVerifier,
} from './support/flow.ts'
import type { Answer as ServedAnswer } from './support/http-server.ts'
import {
  courseQuery,
  type ThirdPartyVerifier,
  type VerifierBehaviour,
} from './support/third-party-verifier.ts'
import { type Learner, problemOf, startWallet, type TestWallet } from './support/wallet.ts'

let wallet: TestWallet
let verifier: ThirdPartyVerifier
let learner: Learner
let before: Record<string, number>

beforeAll(async () => {
  wallet = await startWallet()
  verifier = await startTrustedVerifier(wallet)
  const issuer = await startTrustedIssuer(wallet)
  learner = wallet.as()
  await receive(learner, issuer)
  await issuer.close()
})
beforeEach(async () => {
  before = await wallet.counts()
})
afterEach(async () => {
  // Whatever was refused: nothing was stored and nothing was sent.
  expect(await wallet.counts()).toEqual(before)
  expect(verifier.answers).toEqual([])
  verifier.reset()
})
afterAll(async () => {
  await wallet.close()
  await verifier.close()
})

const preview = (link: string) => previewRequest(learner, link)
const link = (parameters: Record<string, string>) =>
  `openid4vp://?${new URLSearchParams(parameters).toString()}`
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

describe('the link', () => {
  const clientId = () => verifier.clientId
  const uri = () => `${new URL(verifierOrigin()).origin}/requests/1`

  it.each<[string, () => string, string]>([
    ['without client_id', () => link({ request_uri: uri() }), 'request-invalid'],
    [
      'with a request by value and by reference',
      () => link({ client_id: clientId(), request_uri: uri(), request: 'x.y.z' }),
      'request-invalid',
    ],
    [
      'with a parameter twice (S-22)',
      () => `${link({ client_id: clientId(), request_uri: uri() })}&client_id=x`,
      'request-invalid',
    ],
    [
      'with request_uri_method of our own making (W-27)',
      () => link({ client_id: clientId(), request_uri: uri(), request_uri_method: 'put' }),
      'request-invalid',
    ],
    [
      'with request_uri_method POST in capitals (W-27)',
      () => link({ client_id: clientId(), request_uri: uri(), request_uri_method: 'POST' }),
      'request-invalid',
    ],
    [
      'with request_uri_method and no request_uri (W-27)',
      () => link({ client_id: clientId(), request_uri_method: 'post', request: 'x.y.z' }),
      'request-invalid',
    ],
    ['that is none', () => 'hello', 'request-invalid'],
    [
      'unsigned though its client must sign (W-21)',
      () => link({ client_id: clientId(), response_type: 'vp_token' }),
      'request-invalid',
    ],
    [
      'signed though its client cannot (W-21)',
      () => link({ client_id: `redirect_uri:${uri()}`, request_uri: uri() }),
      'request-invalid',
    ],
    ...[
      'origin:https://x.example',
      'openid_federation:https://x.example',
      'verifier_attestation:x',
      'decentralized_identifier:did:web:x',
      'x509_san_uri:https://x.example',
      'https://x.example',
      'plain',
      'x509_hash:',
    ].map((id): [string, () => string, string] => [
      `of a client called ${id} (W-26)`,
      () => link({ client_id: id, request_uri: uri() }),
      'client-identifier-unsupported',
    ]),
  ])('is refused %s, and nothing is fetched', async (_what, build, code) => {
    const response = await preview(build())
    expect([response.statusCode, problemOf(response)]).toEqual([422, code])
    expect(verifier.requests).toEqual([])
  })

  it.each([
    ['an unknown member', { authorizationRequest: 'openid4vp://?x', surplus: 1 }],
    ['no request', {}],
    ['a request that is no text', { authorizationRequest: 7 }],
  ])('is refused in a body with %s', async (_what, body) => {
    const response = await learner.post('/v1/presentations', body)
    expect([response.statusCode, problemOf(response)]).toEqual([400, 'validation-failed'])
  })

  it.each([
    'http://verifier.example/requests/1',
    'https://10.1.2.3/requests/1',
    'https://169.254.169.254/latest',
    'https://[fd00::1]/requests/1',
    'file:///etc/passwd',
  ])('to %s is not followed (S-20)', async (request_uri) => {
    const response = await preview(link({ client_id: clientId(), request_uri }))
    expect([response.statusCode, problemOf(response)]).toEqual([422, 'request-invalid'])
    expect(response.body).not.toContain(request_uri)
  })
})

const verifierOrigin = () => `http://${verifier.host}`

describe('the request object', () => {
  it.each<[string, ServedAnswer, number, string]>([
    [
      'a redirect (W-28)',
      { status: 302, headers: { location: 'http://localhost:1/' } },
      502,
      'request-unreachable',
    ],
    ['nothing there', { status: 404, body: {} }, 502, 'request-unreachable'],
    ['an outage', { status: 503, body: {} }, 502, 'request-unreachable'],
    ['another media type', { type: 'text/html', body: '<p>' }, 422, 'request-invalid'],
    ['too much', { type: 'application/jwt', body: 'x'.repeat(300_000) }, 422, 'request-invalid'],
    ['no JWT', { type: 'application/jwt', body: 'hello' }, 422, 'request-invalid'],
  ])('is refused when its address answers with %s', async (_what, answer, status, code) => {
    verifier.reset({ answerRequest: () => answer })
    const response = await preview((await verifier.request()).link)
    expect([response.statusCode, problemOf(response)]).toEqual([status, code])
  })

  const header = (changes: object): Partial<VerifierBehaviour> => ({
    changeHeader: (members) => JSON.parse(JSON.stringify({ ...members, ...changes })),
  })
  const payload = (changes: object): Partial<VerifierBehaviour> => ({
    changePayload: (members) => JSON.parse(JSON.stringify({ ...members, ...changes })),
  })
  const seconds = () => wallet.clock.now().getTime() / 1_000
  const dcql = (query: object) => ({
    dcql: { credentials: [{ ...courseQuery.credentials[0], ...query }] },
  })
  const metadata = (changes: object): Partial<VerifierBehaviour> => ({
    changePayload: (members) =>
      JSON.parse(
        JSON.stringify({
          ...members,
          client_metadata: { ...Object(members.client_metadata), ...changes },
        }),
      ),
  })
  const { x, y } = generateSigningKey().publicJwk
  const encryptionKey = { kty: 'EC', crv: 'P-256', x, y, use: 'enc', alg: 'ECDH-ES' }

  it.each<[string, () => Partial<VerifierBehaviour>]>([
    ['has no typ (W-22)', () => header({ typ: undefined })],
    ['has the typ of any JWT (W-22)', () => header({ typ: 'JWT' })],
    ['has the typ of a key binding (S-04)', () => header({ typ: 'kb+jwt' })],
    ['has alg none (W-22)', () => header({ alg: 'none' })],
    ['has alg HS256 (S-05)', () => header({ alg: 'HS256' })],
    ['has alg ES384', () => header({ alg: 'ES384' })],
    ['has a critical extension', () => header({ crit: ['b64'], b64: false })],
    ['brings only a key of its own (S-06)', () => header({ x5c: undefined, jwk: encryptionKey })],
    ['names another client (W-23)', () => payload({ client_id: 'x509_hash:other' })],
    [
      'names its client without prefix (W-23)',
      () => payload({ client_id: verifier.clientId.slice(10) }),
    ],
    ['has expired', () => payload({ exp: seconds() - 1 })],
    ['has an exp that is no number (F-19)', () => payload({ exp: String(seconds() + 600) })],
    ['is from the future', () => payload({ iat: seconds() + 600 })],
    ['is for another wallet', () => payload({ aud: 'https://other-wallet.example' })],
    [
      'has redirect_uri beside response_uri (W-29)',
      () => payload({ redirect_uri: 'https://x.example' }),
    ],
    ['has no response_uri (W-29)', () => payload({ response_uri: undefined })],
    ['wants its answer in the browser', () => payload({ response_mode: 'fragment' })],
    ['wants a code', () => payload({ response_type: 'code' })],
    ['has no nonce', () => payload({ nonce: undefined })],
    ['has no query (W-30)', () => payload({ dcql_query: undefined })],
    ['has scope beside its query (W-30)', () => payload({ scope: 'course' })],
    [
      'asks in the language of drafts (S-28)',
      () =>
        payload({
          dcql_query: undefined,
          presentation_definition: { id: 'x', input_descriptors: [] },
        }),
    ],
    ['asks without meta (W-31)', () => dcql({ meta: undefined })],
    ['asks for no type (W-31)', () => dcql({ meta: { vct_values: [] } })],
    ['asks with an id that is none (W-31)', () => dcql({ id: 'a b' })],
    [
      'has claim_sets without claims (W-31)',
      () => dcql({ claims: undefined, claim_sets: [['a']] }),
    ],
    ['has a negative index (W-31)', () => dcql({ claims: [{ path: ['outcomes', -1] }] })],
    ['takes only other formats (W-38)', () => metadata({ vp_formats_supported: { mso_mdoc: {} } })],
    [
      'takes key bindings by other algorithms (W-38)',
      () => metadata({ vp_formats_supported: { 'dc+sd-jwt': { 'kb-jwt_alg_values': ['ES384'] } } }),
    ],
    ['has no encryption key (W-40)', () => metadata({ jwks: undefined })],
    [
      'has an encryption key without alg (W-40)',
      () => metadata({ jwks: { keys: [{ ...encryptionKey, alg: undefined }] } }),
    ],
    [
      'has a key for signing only (W-40)',
      () => metadata({ jwks: { keys: [{ ...encryptionKey, use: 'sig' }] } }),
    ],
    [
      'has a key off the curve (S-08)',
      () => metadata({ jwks: { keys: [{ ...encryptionKey, y: x }] } }),
    ],
    [
      'wants encryption we do not have (W-40)',
      () => metadata({ encrypted_response_enc_values_supported: ['A128CBC-HS256'] }),
    ],
  ])('is refused when it %s', async (_what, changes) => {
    verifier.reset(changes())
    const response = await preview((await verifier.request()).link)
    expect([response.statusCode, problemOf(response)]).toEqual([422, 'request-invalid'])
  })

  it('is refused when it asks to approve a transaction (W-39)', async () => {
    verifier.reset(
      payload({ transaction_data: [encode({ type: 'payment', credential_ids: ['course'] })] }),
    )
    const response = await preview((await verifier.request()).link)
    expect([response.statusCode, problemOf(response)]).toEqual([
      422,
      'transaction-data-unsupported',
    ])
  })

  it.each(['another nonce', 'none'])(
    'is refused when it returns %s for our wallet_nonce (W-27)',
    async (what) => {
      verifier.reset({
        requestUriMethod: 'post',
        ...payload({ wallet_nonce: what === 'none' ? undefined : 'another' }),
      })
      const response = await preview((await verifier.request()).link)
      expect([response.statusCode, problemOf(response)]).toEqual([422, 'request-invalid'])
      expect(response.json().detail).toMatch(/wallet_nonce/)
    },
  )

  it('counts alone: what stands beside it in the link is ignored (W-23)', async () => {
    const { link: signed } = await verifier.request()
    const response = await preview(`${signed}&nonce=other&response_uri=https%3A%2F%2Fevil.example`)
    expect(response.json().verifier.host).toBe(verifier.host)
    before = await wallet.counts()
  })
})
