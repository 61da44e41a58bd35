import { createHash, X509Certificate } from 'node:crypto'
import { certificateNames } from '@mikromerit/credentials'
import { Openid4vpClient } from '@openid4vc/openid4vp'
import { CompactEncrypt, exportJWK, importJWK, type JWK, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readRequest } from './flow.ts'
import { purpose, startVerifier, type TestVerifier } from './support.ts'
import { aHolder, startTestIssuer, type TestIssuer } from './test-issuer.ts'
import type { RequestObject } from './test-wallet.ts'

let verifier: TestVerifier
let issuer: TestIssuer
let client: Openid4vpClient

beforeAll(async () => {
  verifier = await startVerifier({ PUBLIC_URL: 'https://verifier.example.se' })
  issuer = await startTestIssuer({
    certifiedIn: verifier.config.DATA_DIR,
    now: () => verifier.clock.now(),
  })
  client = new Openid4vpClient({ callbacks })
})
afterAll(async () => {
  await issuer.close()
  await verifier.close()
})

type Callbacks = ConstructorParameters<typeof Openid4vpClient>[0]['callbacks']

const certificateOf = (base64 = '') => new X509Certificate(Buffer.from(base64, 'base64'))

/** What another implementation of OpenID4VP 1.0 leaves to its wallet, done with another JOSE library. */
const callbacks: Callbacks = {
  fetch: async (input, init) => {
    const { pathname } = new URL(String(input))
    const response = await verifier.app.inject({
      method: init?.method?.toUpperCase() === 'POST' ? 'POST' : 'GET',
      url: pathname,
      headers: Object.fromEntries(new Headers(Object(init?.headers))),
      ...(init?.body !== undefined && { payload: String(init.body) }),
    })
    return new Response(response.body, {
      status: response.statusCode,
      headers: { 'content-type': String(response.headers['content-type']) },
    })
  },
  hash: (data, algorithm) => createHash(algorithm.replace('-', '')).update(data).digest(),
  verifyJwt: async (signer, { compact }) => {
    if (signer.method !== 'x5c') return { verified: false }
    const { publicKey } = certificateOf(signer.x5c[0])
    await jwtVerify(compact, publicKey, { currentDate: verifier.clock.now() })
    return { verified: true, signerJwk: { kty: 'EC', ...(await exportJWK(publicKey)) } }
  },
  getX509CertificateMetadata: (certificate) => {
    const { dns, uris } = certificateNames(certificateOf(certificate))
    return { sanDnsNames: dns, sanUriNames: uris }
  },
  encryptJwe: async ({ publicJwk, alg, enc }, data) => {
    const key = await importJWK(publicJwk as JWK, alg)
    const jwe = await new CompactEncrypt(new TextEncoder().encode(data))
      .setProtectedHeader({ alg, enc, kid: publicJwk.kid ?? '' })
      .encrypt(key)
    return { encryptionJwk: publicJwk, jwe }
  },
  decryptJwe: () => ({ decrypted: false }),
  signJwt: () => {
    throw new Error('A wallet of OpenID4VP 1.0 signs no answer')
  },
}

/** Reads a request as the other implementation does. */
async function readWith(authorizationRequest: string) {
  const { params } = client.parseOpenid4vpAuthorizationRequest({ authorizationRequest })
  // The union that parsing answers is wider than what resolving takes, by the Digital Credentials API.
  const authorizationRequestPayload = params as Resolvable
  return client.resolveOpenId4vpAuthorizationRequest({ authorizationRequestPayload })
}

type Resolvable = Parameters<
  Openid4vpClient['resolveOpenId4vpAuthorizationRequest']
>[0]['authorizationRequestPayload']

const makeRequest = async (draft: object = {}) => {
  const created = await verifier
    .as('presentation-requests:write')
    .post('/v1/presentation-requests', { purpose, ...draft })
  return created.json()
}

describe('a wallet of another implementation', () => {
  it('takes the request for one of OpenID4VP 1.0, signed by the holder of the certificate', async () => {
    const { authorizationRequest } = await makeRequest()
    const resolved = await readWith(authorizationRequest)
    expect(resolved.version).toBe(100)
    expect(resolved.client).toMatchObject({ prefix: 'x509_hash' })
    expect(resolved.jar?.signer).toMatchObject({ method: 'x5c' })
    expect(resolved.dcql?.query).toMatchObject({
      credentials: expect.arrayContaining([
        expect.objectContaining({ id: 'micro_credential', format: 'dc+sd-jwt' }),
        expect.objectContaining({ format: 'jwt_vc_json' }),
      ]),
    })
  })

  it.each([
    ['x509_san_dns', 'x509_san_dns:verifier.example.se'],
    ['redirect_uri', 'redirect_uri:https://verifier.example.se/openid4vp/responses/'],
  ])('takes a verifier that is named by %s', async (clientIdPrefix, name) => {
    const { authorizationRequest } = await makeRequest({ clientIdPrefix })
    const { client: named, version } = await readWith(authorizationRequest)
    expect(version).toBe(100)
    expect(named).toMatchObject({ prefix: clientIdPrefix })
    expect(named.effective).toContain(name)
  })

  it('fetches a request by POST where the link says so', async () => {
    const { authorizationRequest } = await makeRequest({ requestUriMethod: 'post' })
    expect(authorizationRequest).toContain('request_uri_method=post')
    expect((await readWith(authorizationRequest)).version).toBe(100)
  })

  it('may fetch the request by POST', async () => {
    const { authorizationRequest } = await makeRequest()
    const { version } = await readWith(`${authorizationRequest}&request_uri_method=post`)
    expect(version).toBe(100)
  })

  it.each(['dc_api.jwt', 'dc_api'])(
    'answers through a browser in the mode %s',
    async (responseMode) => {
      const origin = 'https://employer.example.se'
      const { id, digitalCredentialRequest } = await makeRequest({
        responseMode,
        expectedOrigins: [origin],
      })
      const { protocol, data } = digitalCredentialRequest
      const { params } = client.parseOpenid4vpAuthorizationRequest({ authorizationRequest: data })
      const resolved = await client.resolveOpenId4vpAuthorizationRequest({
        authorizationRequestPayload: params as Resolvable,
        origin,
      })
      const { authorizationRequestPayload } = resolved
      const holder = aHolder()
      const presentation = await verifier.wallet.present(
        authorizationRequestPayload as unknown as RequestObject,
        await issuer.issue({ holder }),
        holder,
        { audience: `origin:${origin}` },
      )
      const answer = await client.createOpenid4vpAuthorizationResponse({
        authorizationRequestPayload,
        origin,
        authorizationResponsePayload: { vp_token: { micro_credential: [presentation] } },
        ...(responseMode === 'dc_api.jwt' && {
          jarm: { encryption: { nonce: 'apu' }, serverMetadata },
        }),
      })
      const handedIn = answer.jarm
        ? { response: answer.jarm.responseJwt }
        : answer.authorizationResponsePayload
      const taken = await verifier
        .as('presentation-requests:write')
        .post(`/v1/presentation-requests/${id}/dc-api-response`, { protocol, data: handedIn })
      expect(taken.json()).toMatchObject({ state: 'answered', report: { outcome: 'valid' } })
      // A page that may not ask is stopped by the wallet already.
      await expect(
        client.resolveOpenId4vpAuthorizationRequest({
          authorizationRequestPayload: params as Resolvable,
          origin: 'https://thief.example',
        }),
      ).rejects.toThrow()
    },
  )

  it.each([
    ['direct_post.jwt', {}],
    ['direct_post', {}],
    ['direct_post.jwt', { clientIdPrefix: 'x509_san_dns', requestUriMethod: 'post' }],
    ['direct_post.jwt', { clientIdPrefix: 'redirect_uri' }],
  ])('answers in the mode %s what was asked with %o', async (responseMode, draft) => {
    const { id, authorizationRequest } = await makeRequest({ responseMode, ...draft })
    const { authorizationRequestPayload } = await readWith(authorizationRequest)
    const holder = aHolder()
    const credential = await issuer.issue({ holder })
    const presentation = await verifier.wallet.present(
      authorizationRequestPayload as unknown as RequestObject,
      credential,
      holder,
    )
    const answer = await client.createOpenid4vpAuthorizationResponse({
      authorizationRequestPayload,
      authorizationResponsePayload: { vp_token: { micro_credential: [presentation] } },
      ...(responseMode === 'direct_post.jwt' && {
        jarm: { encryption: { nonce: 'apu' }, serverMetadata },
      }),
    })
    expect(answer.jarm === undefined).toBe(responseMode === 'direct_post')
    const { response } = await client.submitOpenid4vpAuthorizationResponse({
      authorizationRequestPayload: authorizationRequestPayload as { response_uri: string },
      ...answer,
    })
    expect([response.status, await response.json()]).toEqual([200, {}])
    const report = (await readRequest(verifier, id)).json()
    expect(report).toMatchObject({ state: 'answered', report: { outcome: 'valid' } })
  })
})

const serverMetadata = {
  authorization_signing_alg_values_supported: [],
  authorization_encryption_alg_values_supported: ['ECDH-ES'],
  authorization_encryption_enc_values_supported: ['A128GCM', 'A256GCM'],
}
