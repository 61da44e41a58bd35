import { X509Certificate } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem } from './expectations.ts'
import { anOrganisation, aToken, issuerUrl, startIssuer, type TestIssuer } from './support.ts'

let issuer: TestIssuer
beforeAll(async () => {
  issuer = await startIssuer({ organisations: ['ri-se'] })
})
afterAll(() => issuer.close())

const identifier = `${issuerUrl}/ri-se`
const get = (url: string, headers?: Record<string, string>) => issuer.send('GET', url, { headers })
const read = async (url: string) => (await get(url)).json()
const wellKnown = (name: string, organisation = 'ri-se') => `/.well-known/${name}/${organisation}`

/** What a claims path pointer selects (OpenID4VCI C.3). */
const find = (value: unknown, [step, ...rest]: (string | number | null)[]): unknown[] => {
  if (step === undefined) return value === undefined ? [] : [value]
  if (step === null) return [value].flat().flatMap((element) => find(element, rest))
  return find(Object(value)[step], rest)
}

describe('issuer metadata', () => {
  it('lies at the inserted path and names the identifier exactly (I-01)', async () => {
    const response = await get(wellKnown('openid-credential-issuer'))
    expect(response.statusCode).toBe(200)
    expect(response.json().credential_issuer).toBe(identifier)
    expectProblem(
      await get(wellKnown('openid-credential-issuer', 'x')),
      404,
      'organisation-not-found',
    )
  })

  it('is JSON also to those who would take a JWT, and tells caches on what it depends (I-02)', async () => {
    const url = wellKnown('openid-credential-issuer')
    const response = await get(url, { accept: 'application/jwt' })
    expect(response.headers['content-type']).toContain('application/json')
    expect(response.headers.vary).toMatch(/Accept.*Accept-Language/)
    expect(response.json().credential_issuer).toBe(identifier)
  })

  it('names binding methods and proof types together, and a nonce endpoint (I-03)', async () => {
    const metadata = await read(wellKnown('openid-credential-issuer'))
    expect(metadata).toMatchObject({
      credential_endpoint: `${identifier}/credential`,
      nonce_endpoint: `${identifier}/nonce`,
      notification_endpoint: `${identifier}/notification`,
      replacement_endpoint: `${identifier}/replacements`,
    })
    expect(metadata.credential_configurations_supported.MicroCredential_sd_jwt_vc).toMatchObject({
      format: 'dc+sd-jwt',
      vct: 'urn:eu.europa.ec.eudi:learning:credential:1',
      cryptographic_binding_methods_supported: ['jwk'],
      proof_types_supported: { jwt: { proof_signing_alg_values_supported: ['ES256'] } },
      credential_signing_alg_values_supported: ['ES256'],
    })
    expect(metadata.batch_credential_issuance).toBeUndefined()
  })

  it('offers each W3C credential as vc+jwt and, for wallets that know only that, as jwt_vc_json', async () => {
    const { credential_configurations_supported: configurations } = await read(
      wellKnown('openid-credential-issuer'),
    )
    const elmTypes = ['VerifiableCredential', 'EuropeanDigitalCredential']
    expect(configurations.MicroCredential_elm).toMatchObject({
      format: 'vc+jwt',
      credential_definition: {
        '@context': ['https://www.w3.org/ns/credentials/v2', `${issuerUrl}/contexts/elm-vc2/v1`],
        type: elmTypes,
      },
      cryptographic_binding_methods_supported: ['jwk'],
    })
    expect(configurations.MicroCredential_elm_jwt_vc_json).toMatchObject({
      format: 'jwt_vc_json',
      credential_definition: { type: elmTypes },
    })
    expect(configurations.MicroCredential_open_badge).toMatchObject({
      format: 'vc+jwt',
      credential_definition: { type: ['VerifiableCredential', 'OpenBadgeCredential'] },
      cryptographic_binding_methods_supported: ['jwk', 'did:jwk'],
    })
  })

  it('promises of each format only claims that are there', async () => {
    const { credential_configurations_supported: configurations } = await read(
      wellKnown('openid-credential-issuer'),
    )
    const { offer } = await issuer.givenAward()
    const fetched = await issuer.wallet().acceptAll(offer)
    for (const id of ['MicroCredential_elm', 'MicroCredential_open_badge']) {
      const payload = decodeJwt(fetched.get(id) ?? '')
      for (const { path, mandatory } of configurations[id].credential_metadata.claims)
        expect([id, path, find(payload, path).length > 0 || !mandatory]).toEqual([id, path, true])
    }
  })

  it('describes what a wallet shows, once per language and claim (I-04)', async () => {
    const metadata = await read(wellKnown('openid-credential-issuer'))
    const { credential_metadata: shown } =
      metadata.credential_configurations_supported.MicroCredential_sd_jwt_vc
    const locales = shown.display.map(({ locale }: { locale: string }) => locale)
    expect([...new Set(locales)].sort()).toEqual(locales.toSorted())
    expect(locales).toEqual(expect.arrayContaining(['sv', 'en']))
    for (const one of Object.values<{ credential_metadata: typeof shown }>(
      metadata.credential_configurations_supported,
    )) {
      const all = one.credential_metadata.claims.map(({ path }: { path: unknown }) =>
        JSON.stringify(path),
      )
      expect(new Set(all).size).toBe(all.length)
    }
    const paths = shown.claims.map(({ path }: { path: unknown }) => JSON.stringify(path))
    expect(new Set(paths).size).toBe(paths.length)
    for (const { path } of shown.claims) expect(Array.isArray(path)).toBe(true)
    expect(metadata.display).toMatchObject([
      { name: 'Exempelinstitutet', locale: 'sv' },
      { name: 'Example Institute', locale: 'en' },
    ])
  })

  it('gives every configuration a scope of its own (I-06)', async () => {
    const { credential_configurations_supported: configurations } = await read(
      wellKnown('openid-credential-issuer'),
    )
    const scopes = Object.values<{ scope: string }>(configurations).map(({ scope }) => scope)
    expect(new Set(scopes).size).toBe(scopes.length)
    for (const scope of scopes) expect(scope).toMatch(/^urn:/)
  })

  it('is cached: answered 304 while it is the same, and compressed on request', async () => {
    const url = wellKnown('openid-credential-issuer')
    const first = await get(url)
    expect(first.headers['cache-control']).toBe('public, max-age=300')
    const second = await get(url, { 'if-none-match': `"other", W/${first.headers.etag}` })
    expect([second.statusCode, second.body]).toEqual([304, ''])
    const packed = await get(url, { 'accept-encoding': 'gzip' })
    expect(gunzipSync(packed.rawPayload).toString()).toBe(first.body)
  })
})

describe('authorization server metadata', () => {
  it('is that of the identifier itself (I-05)', async () => {
    const issuerMetadata = await read(wellKnown('openid-credential-issuer'))
    expect(issuerMetadata.authorization_servers).toBeUndefined()
    expect(await read(wellKnown('oauth-authorization-server'))).toMatchObject({
      issuer: identifier,
      token_endpoint: `${identifier}/token`,
      grant_types_supported: ['urn:ietf:params:oauth:grant-type:pre-authorized_code'],
    })
  })

  it('says truthfully that wallets may stay anonymous (I-14)', async () => {
    const metadata = await read(wellKnown('oauth-authorization-server'))
    expect(metadata['pre-authorized_grant_anonymous_access_supported']).toBe(true)
    const { offer } = await issuer.givenAward()
    expect((await issuer.wallet().accept(offer)).response.statusCode).toBe(200)
  })
})

describe('the keys of an issuer', () => {
  it('are the same in jwt-vc-issuer metadata and key set, and never private', async () => {
    const metadata = await read(wellKnown('jwt-vc-issuer'))
    const keySet = await read('/ri-se/jwks.json')
    expect(metadata).toEqual({
      issuer: identifier,
      jwks: keySet,
      replacement_endpoint: `${identifier}/replacements`,
    })
    for (const key of keySet.keys) {
      expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'x5c', 'y'])
      expect(
        new X509Certificate(Buffer.from(key.x5c[0], 'base64')).publicKey.export({ format: 'jwk' }),
      ).toMatchObject({ x: key.x, y: key.y })
    }
  })

  it('are renewed in time; a new one is public before it signs, and the old one stays (I-53)', async () => {
    const started = await startIssuer()
    const kidsOf = async () =>
      (await started.send('GET', '/ri-se/jwks.json'))
        .json()
        .keys.map(({ kid }: { kid: string }) => kid)
    const signer = async () => {
      const { offer } = await started.givenAward()
      const { credential } = await started.wallet().accept(offer)
      return JSON.parse(Buffer.from(credential.split('.')[0], 'base64url').toString()).kid
    }
    const [old] = await kidsOf()
    await started.renewKeys()
    started.clock.advance(60)
    expect(await kidsOf()).toEqual([old])

    started.clock.advance(731 * 86_400)
    await started.renewKeys()
    await started.renewKeys()
    started.clock.advance(60)
    const [fresh, ...others] = await kidsOf()
    expect(others).toEqual([old])
    expect(await signer()).toBe(old)
    started.clock.advance(900)
    expect(await signer()).toBe(fresh)
    await started.close()
  })
})

describe('type metadata', () => {
  it('says what the credential means, in Swedish and English (I-57)', async () => {
    const vct = 'urn:eu.europa.ec.eudi:learning:credential:1'
    const metadata = await read(`/type-metadata/vct/${encodeURIComponent(vct)}`)
    expect(metadata.vct).toBe(vct)
    const locales = metadata.display.map(({ locale }: { locale: string }) => locale)
    expect(locales).toEqual(expect.arrayContaining(['sv', 'en']))
    expectProblem(await get('/type-metadata/vct/urn:other'), 404, 'not-found')
  })
})

describe('wallets in browsers', () => {
  it('may speak to the protocol endpoints from any origin', async () => {
    for (const endpoint of ['token', 'nonce', 'credential', 'notification']) {
      const url = `/ri-se/${endpoint}`
      const asked = await issuer.app.inject({
        method: 'OPTIONS',
        url,
        headers: {
          origin: 'https://wallet.example',
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization, content-type',
        },
      })
      expect([url, asked.statusCode]).toEqual([url, 204])
      expect(asked.headers).toMatchObject({
        'access-control-allow-origin': '*',
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'authorization, content-type',
      })
      const answer = await issuer.send('POST', url, { body: {} })
      expect(answer.headers['access-control-allow-origin']).toBe('*')
    }
  })

  it('may not speak to our own API', async () => {
    const asked = await issuer.app.inject({ method: 'OPTIONS', url: '/v1/organisations' })
    expect([asked.statusCode, asked.headers['access-control-allow-origin']]).toEqual([
      405,
      undefined,
    ])
  })
})

describe('addresses that name no organisation', () => {
  it.each(['%00', '%2e%2e', "x'--", 'a'.repeat(500), 'Ri-Se', '%F0%9F%8E%93'])(
    'are answered without a fault: %s',
    async (name) => {
      for (const url of [
        wellKnown('openid-credential-issuer', name),
        wellKnown('jwt-vc-issuer', name),
        `/${name}/jwks.json`,
        `/${name}/status-lists/1`,
        `/${name}/offers/x`,
      ])
        expect([400, 404]).toContain((await get(url)).statusCode)
      for (const endpoint of ['token', 'nonce', 'credential', 'notification']) {
        const response = await issuer.send('POST', `/${name}/${endpoint}`)
        expect([400, 404]).toContain(response.statusCode)
      }
    },
  )
})

it('shows a new organisation at once', async () => {
  expect((await get(wellKnown('openid-credential-issuer', 'fresh'))).statusCode).toBe(404)
  const token = await aToken('organisations:write')
  await issuer.send('POST', '/v1/organisations', { token, body: anOrganisation({ id: 'fresh' }) })
  expect((await get(wellKnown('openid-credential-issuer', 'fresh'))).statusCode).toBe(200)
})
