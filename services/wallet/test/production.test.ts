import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createCertifiedSigner, makeDataDir } from './support/authorities.ts'
import { acceptOffer, previewOffer, previewRequest, receive } from './support/flow.ts'
import { serve, type TestServer } from './support/http-server.ts'
import { startThirdPartyIssuer, type ThirdPartyIssuer } from './support/third-party-issuer.ts'
import { startThirdPartyVerifier, type ThirdPartyVerifier } from './support/third-party-verifier.ts'
import { startTokenIssuer } from './support/token-issuer.ts'
import { type Learner, problemOf, startWallet, type TestWallet } from './support/wallet.ts'

let wallet: TestWallet
let learner: Learner
let issuer: ThirdPartyIssuer
let verifier: ThirdPartyVerifier
/** Answers anything to anybody on this machine, and must never be asked. */
let internal: TestServer
let tokens: Awaited<ReturnType<typeof startTokenIssuer>>
let authority: string

beforeAll(async () => {
  authority = await makeDataDir()
  tokens = await startTokenIssuer('https://wallet.example')
  internal = await serve(() => ({ body: { secret: 'internal' } }))
  issuer = await startThirdPartyIssuer(
    (uri) => createCertifiedSigner(authority, { uri, dns: 'localhost' }),
    { now: () => wallet.clock.now() },
  )
  verifier = await startThirdPartyVerifier(
    await createCertifiedSigner(authority, { dns: 'localhost' }),
  )
  wallet = await startWallet({
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://wallet.example',
    AUTH_ISSUERS: tokens.origin,
    KEY_ENCRYPTION_KEY: randomBytes(32).toString('base64url'),
    TRUST_ANCHORS_FILE: `${authority}/development/ca-anchor.pem`,
    OUTBOUND_ALLOW: [tokens.origin, issuer.origin, `http://${verifier.host}`].join(','),
  })
  learner = wallet.withToken(await tokens.sign('anna'), 'anna')
})
afterEach(() => {
  expect(internal.requests).toEqual([])
  issuer.reset()
  verifier.reset()
})
afterAll(async () => {
  await wallet.close()
  for (const server of [issuer, verifier, internal, tokens]) await server.close()
})

const submit = (id: string) => learner.post(`/v1/presentations/${id}/submit`)

describe('in production', () => {
  it('works with issuers and verifiers whose addresses may be called', async () => {
    await receive(learner, issuer)
    const { id } = (await previewRequest(learner, (await verifier.request()).link)).json()
    expect((await submit(id)).json()).toEqual({ state: 'submitted' })
  })

  it('refuses tokens made for development', async () => {
    const response = await wallet.as().get('/v1/credentials')
    expect([response.statusCode, problemOf(response)]).toEqual([401, 'unauthorized'])
  })

  it.each<[string, () => string]>([
    [
      'an offer at',
      () => `openid-credential-offer://?credential_offer_uri=${internal.origin}/offer`,
    ],
    ['an offer of an issuer at', () => offerOf(`${internal.origin}/school`)],
    [
      'an offer of an issuer by its number at',
      () => offerOf(internal.origin.replace('localhost', '127.0.0.1')),
    ],
    [
      'an offer of an issuer by IPv6 at',
      () => offerOf(internal.origin.replace('localhost', '[::1]')),
    ],
  ])('asks nothing of this machine: %s it', async (_what, link) => {
    const before = await wallet.counts()
    const response = await previewOffer(learner, link())
    expect(response.statusCode).toBe(422)
    expect(response.body).not.toContain('internal')
    expect(await wallet.counts()).toEqual(before)
  })

  it('asks nothing of this machine for an allowed issuer that points there', async () => {
    for (const member of ['credential_endpoint', 'nonce_endpoint']) {
      const before = await wallet.counts()
      issuer.reset({
        changeMetadata: (metadata) => ({ ...metadata, [member]: `${internal.origin}/inside` }),
      })
      const response = await acceptOffer(learner, issuer.offer())
      expect([response.statusCode, problemOf(response)]).toEqual([502, 'issuer-refused'])
      const { credentials, history } = await wallet.counts()
      expect([credentials, history]).toEqual([before.credentials, before.history])
    }
  })

  it('asks nothing of this machine for a request that lies there', async () => {
    const link = new URL('openid4vp://')
    link.searchParams.set('client_id', verifier.clientId)
    link.searchParams.set('request_uri', `${internal.origin}/request`)
    const response = await previewRequest(learner, link.href)
    expect([response.statusCode, problemOf(response)]).toEqual([422, 'request-invalid'])
  })

  it('sends no answer to this machine, whoever signed that it should go there', async () => {
    verifier.reset({
      changePayload: (payload) => ({ ...payload, response_uri: `${internal.origin}/answers` }),
    })
    const { id } = (await previewRequest(learner, (await verifier.request()).link)).json()
    const response = await submit(id)
    expect([response.statusCode, problemOf(response)]).toEqual([502, 'verifier-refused'])
  })

  it('keeps no credential of an issuer that nothing vouches for', async () => {
    const before = await wallet.counts()
    const signer = await createCertifiedSigner(await makeDataDir(), { uri: issuer.identifier })
    issuer.reset({ publishesKeys: false, changeIssued: (parts) => ({ ...parts, signer }) })
    const response = await acceptOffer(learner, issuer.offer())
    expect([response.statusCode, problemOf(response)]).toEqual([422, 'issuer-untrusted'])
    expect((await wallet.counts()).credentials).toBe(before.credentials)
  })

  it('sends no learner to a place without encryption, nor to this machine', async () => {
    verifier.reset({ answer: () => ({ body: { redirect_uri: 'http://localhost:8080/done' } }) })
    const { id } = (await previewRequest(learner, (await verifier.request()).link)).json()
    expect((await submit(id)).json()).toEqual({ state: 'submitted' })
  })
})

const offerOf = (credential_issuer: string) => {
  const link = new URL('openid-credential-offer://')
  const offer = {
    credential_issuer,
    credential_configuration_ids: ['a'],
    grants: {
      'urn:ietf:params:oauth:grant-type:pre-authorized_code': { 'pre-authorized_code': 'code' },
    },
  }
  link.searchParams.set('credential_offer', JSON.stringify(offer))
  return link.href
}
