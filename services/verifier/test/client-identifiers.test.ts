import { createHash } from 'node:crypto'
import { createSoftwareSigner, generateSigningKey, signJws } from '@mikromerit/credentials'
import {
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  importJWK,
  type JWK,
  jwtVerify,
} from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readRequest } from './flow.ts'
import { purpose, startVerifier, type TestVerifier } from './support.ts'
import { aHolder, startTestIssuer, type TestIssuer } from './test-issuer.ts'
import { type RequestObject, readRequestObject } from './test-wallet.ts'

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

const post = (draft: object, of = verifier) =>
  of.as('presentation-requests:write').post('/v1/presentation-requests', { purpose, ...draft })

async function make(draft: object) {
  const created = await post(draft)
  if (created.statusCode !== 201) throw new Error(created.body)
  return created.json()
}

const parametersOf = ({ authorizationRequest }: { authorizationRequest: string }) =>
  Object.fromEntries(new URL(authorizationRequest).searchParams)

const countRequests = async () => (await verifier.rows('wallet_requests')).length

/** Shows a credential to a request, addressed to whom the request says. */
async function answer(request: RequestObject, id: string) {
  const holder = aHolder()
  const credential = await issuer.issue({ holder })
  const token = await verifier.wallet.present(request, credential, holder)
  const answered = await verifier.wallet.answer(request, { micro_credential: [token] })
  expect([answered.statusCode, answered.json()]).toEqual([200, {}])
  return (await readRequest(verifier, id)).json().report
}

describe('a verifier that is named by', () => {
  it('its host asks with a certificate for it, and is answered under that name (V-02, V-15)', async () => {
    const created = await make({ clientIdPrefix: 'x509_san_dns' })
    expect(parametersOf(created).client_id).toBe('x509_san_dns:verifier.example.se')
    const request = await verifier.wallet.open(created.authorizationRequest)
    expect(request.client_id).toBe('x509_san_dns:verifier.example.se')
    expect(new URL(request.response_uri).hostname).toBe('verifier.example.se')
    expect((await answer(request, created.id)).outcome).toBe('valid')
  })

  it('its DID signs with a key of its DID document, and sends no certificate (V-02)', async () => {
    const created = await make({ clientIdPrefix: 'decentralized_identifier' })
    const { body } = await verifier.wallet.getRequest(created.requestUri)
    const document = (await verifier.app.inject('/.well-known/did.json')).json()
    expect(document.id).toBe('did:web:verifier.example.se')
    const { kid, x5c } = decodeProtectedHeader(body)
    expect(x5c).toBeUndefined()
    const method = document.verificationMethod.find(({ id }: { id: string }) => id === kid)
    const keys = createLocalJWKSet({ keys: [{ ...method.publicKeyJwk, kid }] })
    const { payload } = await jwtVerify(body, keys, { currentDate: verifier.clock.now() })
    expect(payload.client_id).toBe('decentralized_identifier:did:web:verifier.example.se')
    const request = { header: {}, ...payload } as unknown as RequestObject
    expect((await answer(request, created.id)).outcome).toBe('valid')
  })

  it('its response URI asks unsigned, in the link itself, and has nothing to fetch (W-21)', async () => {
    const created = await make({ clientIdPrefix: 'redirect_uri', responseMode: 'direct_post' })
    expect(created.requestUri).toBeUndefined()
    const parameters = parametersOf(created)
    expect(parameters.client_id).toBe(`redirect_uri:${parameters.response_uri}`)
    const secret = parameters.response_uri?.split('/').at(-1)
    const fetched = await verifier.app.inject(`/openid4vp/requests/${secret}`)
    expect(fetched.statusCode).toBe(404)
    const holder = aHolder()
    const request = { ...parameters, client_metadata: {} } as unknown as RequestObject
    const token = await verifier.wallet.present(request, await issuer.issue({ holder }), holder)
    const form = { vp_token: JSON.stringify({ micro_credential: [token] }), state: request.state }
    expect((await verifier.wallet.postForm(request.response_uri, form)).statusCode).toBe(200)
    const { report } = (await readRequest(verifier, created.id)).json()
    expect(report.outcome).toBe('valid')
  })

  it('one name is not answered under another (V-15)', async () => {
    const created = await make({ clientIdPrefix: 'x509_san_dns' })
    const request = await verifier.wallet.open(created.authorizationRequest)
    const other = await make({})
    const audience = parametersOf(other).client_id ?? ''
    const holder = aHolder()
    const credential = await issuer.issue({ holder })
    const token = await verifier.wallet.present(request, credential, holder, { audience })
    await verifier.wallet.answer(request, { micro_credential: [token] })
    const { report } = (await readRequest(verifier, created.id)).json()
    expect(report).toMatchObject({ outcome: 'invalid', microCredentials: [] })
  })

  it('somebody’s attestation only when it is about a key of ours (V-35)', async () => {
    const before = await countRequests()
    const refused = await post({ clientIdPrefix: 'verifier_attestation' })
    expect([refused.statusCode, refused.json().type]).toEqual([
      409,
      expect.stringContaining('client-id-prefix-unavailable'),
    ])
    const signer = createSoftwareSigner(generateSigningKey())
    const now = Math.floor(Date.now() / 1_000)
    const attestation = await signJws({
      header: { typ: 'verifier-attestation+jwt' },
      payload: { sub: 'verifier', exp: now + 3_600, cnf: { jwk: signer.publicJwk } },
      signer,
    })
    const other = await startVerifier({ VERIFIER_ATTESTATION: attestation })
    const foreign = await post({ clientIdPrefix: 'verifier_attestation' }, other)
    expect(foreign.statusCode).toBe(409)
    await other.close()
    expect(await countRequests()).toBe(before)
  })
})

describe('a verifier that others attest', () => {
  const inAnHour = () => Math.floor(verifier.clock.now().getTime() / 1_000) + 3_600

  async function attest(claims: object = {}) {
    const document = (await verifier.app.inject('/.well-known/did.json')).json()
    const { kty, crv, x, y } = document.verificationMethod[0].publicKeyJwk
    return signJws({
      header: { typ: 'verifier-attestation+jwt' },
      payload: {
        sub: 'arbetsgivaren',
        exp: inAnHour(),
        cnf: { jwk: { kty, crv, x, y } },
        ...claims,
      },
      signer: createSoftwareSigner(generateSigningKey()),
    })
  }

  it('asks under the name that is attested, with the attestation, and is answered (V-02, V-35)', async () => {
    const attestation = await attest()
    const attested = await verifier.another({ VERIFIER_ATTESTATION: attestation })
    const created = (await post({ clientIdPrefix: 'verifier_attestation' }, attested)).json()
    // Another replica, which was given none, serves the request as it was made.
    const { body } = await verifier.wallet.getRequest(created.requestUri)
    expect(decodeProtectedHeader(body)).toMatchObject({ jwt: attestation })
    const { jwk } = decodeJwt<{ cnf: { jwk: JWK } }>(attestation).cnf
    const { payload } = await jwtVerify(body, await importJWK(jwk, 'ES256'), {
      currentDate: verifier.clock.now(),
    })
    expect(payload.client_id).toBe('verifier_attestation:arbetsgivaren')
    const request = { header: {}, ...payload } as unknown as RequestObject
    expect((await answer(request, created.id)).outcome).toBe('valid')
  })

  it.each([
    ['has run out', { exp: 1 }],
    ['names other addresses for answers', { redirect_uris: ['https://a.example/'] }],
  ])('does not ask with an attestation that %s (V-35)', async (_, claims) => {
    const before = await countRequests()
    const attested = await verifier.another({ VERIFIER_ATTESTATION: await attest(claims) })
    const refused = await post({ clientIdPrefix: 'verifier_attestation' }, attested)
    expect([refused.statusCode, refused.json().type]).toEqual([
      409,
      expect.stringContaining('client-id-prefix-unavailable'),
    ])
    expect(await countRequests()).toBe(before)
  })

  it('sends along only what is in force and about whom its certificate names (V-35)', async () => {
    const signer = createSoftwareSigner(generateSigningKey())
    const certify = (sub: string, exp = inAnHour()) =>
      signJws({ header: { typ: 'rc-wrp+jwt' }, payload: { sub, exp }, signer })
    const ours = await certify('verifier.example.se')
    const infos = [ours, await certify('thief.example'), await certify('verifier.example.se', 1)]
    const VERIFIER_INFO = JSON.stringify(
      infos.map((data) => ({ format: 'registration_cert', data })),
    )
    const registered = await verifier.another({ VERIFIER_INFO })
    const created = (await post({}, registered)).json()
    const request = await registered.wallet.open(created.authorizationRequest)
    expect(request.verifier_info).toEqual([{ format: 'registration_cert', data: ours }])
  })
})

describe('the confirmation code (S-16)', () => {
  it('is the same for who asks and for the wallet, and another in each request', async () => {
    const [one, other] = [await make({}), await make({})]
    const request = await verifier.wallet.open(one.authorizationRequest)
    expect(one.confirmationCode).toMatch(/^\d{3} \d{3}$/)
    expect(request.confirmation_code).toBe(one.confirmationCode)
    const { confirmation_code } = await verifier.wallet.open(other.authorizationRequest)
    expect(confirmation_code).toBe(other.confirmationCode)
    expect(request.state).not.toBe((await verifier.wallet.open(other.authorizationRequest)).state)
  })
})

describe('a request that is fetched by POST', () => {
  it('says so in its link, and answers the wallet’s nonce (V-04, W-27)', async () => {
    const created = await make({ requestUriMethod: 'post' })
    expect(parametersOf(created).request_uri_method).toBe('post')
    const form = { wallet_nonce: 'qPmxiNFCR3QTm19POc8u' }
    const { body } = await verifier.wallet.postForm(created.requestUri, form)
    const request = await readRequestObject(body, verifier.clock.now())
    expect(request.wallet_nonce).toBe(form.wallet_nonce)
  })
})

describe('transaction data', () => {
  const item = { type: 'urn:example:consent', credential_ids: ['micro_credential'], text: 'Ja' }

  async function presentWith(hashesOf: (sent: string) => string[]) {
    const created = await make({ transactionData: [item] })
    const request = await verifier.wallet.open(created.authorizationRequest)
    const [sent = ''] = request.transaction_data as string[]
    expect(JSON.parse(Buffer.from(sent, 'base64url').toString())).toMatchObject(item)
    const holder = aHolder()
    const presented = await verifier.wallet.present(request, await issuer.issue({ holder }), holder)
    const [shown, keyBinding = ''] = [
      presented.slice(0, presented.lastIndexOf('~') + 1),
      presented.split('~').at(-1),
    ]
    const claims = JSON.parse(Buffer.from(keyBinding.split('.')[1] ?? '', 'base64url').toString())
    const authorising = await signJws({
      header: { typ: 'kb+jwt' },
      payload: { ...claims, transaction_data_hashes: hashesOf(sent) },
      signer: holder.signer,
    })
    await verifier.wallet.answer(request, { micro_credential: [`${shown}${authorising}`] })
    return (await readRequest(verifier, created.id)).json().report
  }
  const hash = (text: string) => createHash('sha256').update(text).digest('base64url')

  it('are authorised by the hash of what was sent (V-31)', async () => {
    const report = await presentWith((sent) => [hash(sent)])
    expect(report.outcome).toBe('valid')
  })

  it.each([
    ['no hashes', () => []],
    ['the hash of something else', () => [hash('something else')]],
  ])('are not authorised by %s (V-31)', async (_, hashesOf) => {
    const report = await presentWith(hashesOf)
    expect(report.outcome).toBe('invalid')
    expect(report.checks.at(-1)).toMatchObject({
      code: 'transaction_data',
      evidence: { reason: 'not_authorised' },
    })
  })
})

describe('a request that contradicts itself is refused, and nothing is written:', () => {
  const transactionData = [{ type: 'a', credential_ids: ['micro_credential'] }]
  it.each([
    [
      'unsigned and to be fetched',
      { clientIdPrefix: 'redirect_uri', requestUriMethod: 'post' },
      '/requestUriMethod',
    ],
    [
      'unsigned with transaction data',
      { clientIdPrefix: 'redirect_uri', transactionData },
      '/transactionData',
    ],
    [
      'across devices with a way back',
      { flow: 'cross_device', redirectUri: 'https://a.example/' },
      '/redirectUri',
    ],
    ['origins without a browser', { expectedOrigins: ['https://a.example'] }, '/expectedOrigins'],
    [
      'an origin with a path',
      { responseMode: 'dc_api', expectedOrigins: ['https://a.example/b'] },
      '/expectedOrigins/0',
    ],
    [
      'transaction data for no credential',
      { transactionData: [{ type: 'a', credential_ids: ['b'] }] },
      '/transactionData/0/credential_ids/0',
    ],
  ])('%s', async (_, draft, pointer) => {
    const before = await countRequests()
    const refused = await post(draft)
    expect(refused.statusCode).toBe(400)
    expect(refused.json().errors.map((fault: { pointer: string }) => fault.pointer)).toContain(
      pointer,
    )
    expect(await countRequests()).toBe(before)
  })
})
