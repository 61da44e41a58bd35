import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRequest } from './flow.ts'
import { startVerifier, type TestVerifier } from './support.ts'
import { aHolder, type HolderKey, startTestIssuer, type TestIssuer } from './test-issuer.ts'
import { type RequestObject, readRequestObject } from './test-wallet.ts'

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

const answerTo = async (request: RequestObject) => ({
  micro_credential: [await verifier.wallet.present(request, credential, holder)],
})

describe('the request object', () => {
  it('is signed, typed and complete (V-01, V-02, V-03)', async () => {
    const { request, requestUri, id } = await openRequest(verifier)
    expect(request.header).toMatchObject({ typ: 'oauth-authz-req+jwt', alg: 'ES256' })
    expect(request.header.x5c).toHaveLength(2)
    expect(request).toMatchObject({
      response_type: 'vp_token',
      response_mode: 'direct_post.jwt',
      aud: 'https://self-issued.me/v2',
      purpose: { sv: expect.any(String), en: expect.any(String) },
      iat: verifier.clock.now().getTime() / 1_000,
      exp: verifier.clock.now().getTime() / 1_000 + verifier.config.REQUEST_LIFETIME_SECONDS,
      client_metadata: {
        vp_formats_supported: {
          'dc+sd-jwt': { 'sd-jwt_alg_values': ['ES256'], 'kb-jwt_alg_values': ['ES256'] },
        },
        encrypted_response_enc_values_supported: ['A128GCM', 'A256GCM'],
      },
    })
    const [key] = request.client_metadata.jwks?.keys ?? []
    expect(Object.keys(key ?? {}).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
    expect(key).toMatchObject({ alg: 'ECDH-ES', use: 'enc', crv: 'P-256' })
    for (const secret of [request.nonce, request.state]) expect(secret).toMatch(/^[\w-]{43}$/)
    expect(new Set([request.nonce, request.state, id, requestUri.split('/').at(-1)]).size).toBe(4)
    expect(request).not.toHaveProperty('redirect_uri')
  })

  it('has its media type and is not stored on the way (V-02)', async () => {
    const { requestUri } = await openRequest(verifier)
    const response = await verifier.wallet.getRequest(requestUri)
    expect(response.headers['content-type']).toBe('application/oauth-authz-req+jwt')
    expect(response.headers['cache-control']).toBe('no-store')
  })

  it('keeps its nonce, state and key when it is fetched again (V-05)', async () => {
    const { request, requestUri } = await openRequest(verifier)
    const again = await readRequestObject(
      (await verifier.wallet.getRequest(requestUri)).body,
      verifier.clock.now(),
    )
    expect(again.nonce).toBe(request.nonce)
    expect(again.state).toBe(request.state)
    expect(again.client_metadata).toEqual(request.client_metadata)
  })

  it('differs in all secrets from any other (V-01, V-03)', async () => {
    const one = await openRequest(verifier)
    const other = await openRequest(verifier)
    expect(one.request.nonce).not.toBe(other.request.nonce)
    expect(one.request.client_metadata.jwks).not.toEqual(other.request.client_metadata.jwks)
  })

  it('has no encryption key with response mode direct_post', async () => {
    const { request } = await openRequest(verifier, { responseMode: 'direct_post' })
    expect(request.response_mode).toBe('direct_post')
    expect(request.client_metadata).not.toHaveProperty('jwks')
  })

  it('repeats the wallet nonce when it is asked for by POST (V-04)', async () => {
    const { requestUri } = await openRequest(verifier)
    const response = await verifier.wallet.postForm(requestUri, {
      wallet_nonce: 'nonce-of-the-wallet',
      wallet_metadata: JSON.stringify({
        vp_formats_supported: {},
        jwks_uri: 'http://169.254.169.254/',
      }),
    })
    const request = await readRequestObject(response.body, verifier.clock.now())
    expect(request.wallet_nonce).toBe('nonce-of-the-wallet')
  })

  it('is encrypted when the wallet gives a key (V-04)', async () => {
    const { requestUri } = await openRequest(verifier)
    const { exportJWK, generateKeyPair, compactDecrypt } = await import('jose')
    const { publicKey, privateKey } = await generateKeyPair('ECDH-ES', { crv: 'P-256' })
    const jwks = {
      keys: [{ ...(await exportJWK(publicKey)), kid: 'w', use: 'enc', alg: 'ECDH-ES' }],
    }
    const wallet_metadata = JSON.stringify({ jwks })
    const response = await verifier.wallet.postForm(requestUri, { wallet_metadata })
    const { plaintext } = await compactDecrypt(response.body, privateKey)
    const request = await readRequestObject(Buffer.from(plaintext).toString(), verifier.clock.now())
    expect(request.response_type).toBe('vp_token')
  })

  it.each(['not json', '[]', '{"jwks":{"keys":[{"kty":"RSA"}]}}'])(
    'refuses wallet metadata that cannot be used: %s (V-04)',
    async (wallet_metadata) => {
      const { requestUri } = await openRequest(verifier)
      const response = await verifier.wallet.postForm(requestUri, { wallet_metadata })
      expect([response.statusCode, response.json().error]).toEqual([400, 'invalid_request'])
    },
  )

  it('is gone when the request is unknown, expired or answered: all three look alike (V-06, S-17)', async () => {
    const unknown = await verifier.wallet.getRequest(
      'http://localhost:3003/openid4vp/requests/unknown',
    )
    const answered = await openRequest(verifier)
    await verifier.wallet.answer(answered.request, await answerTo(answered.request))
    const expired = await openRequest(verifier, { expiresIn: 30 })
    verifier.clock.advance(30)
    for (const response of [
      unknown,
      await verifier.wallet.getRequest(answered.requestUri),
      await verifier.wallet.getRequest(expired.requestUri),
    ]) {
      expect(response.statusCode).toBe(404)
      expect(response.body).toBe(unknown.body)
    }
  })
})
