import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { createOutbound, type Outbound } from '../outbound/outbound.ts'
import { Problem } from '../problems/problem.ts'
import { fixedClock } from '../testing/fixed-clock.ts'
import { testAccessToken } from '../testing/test-access-token.ts'
import { testDataDir } from '../testing/test-config.ts'
import { type AccessConfig, createAccessTokenVerifier } from './verifier.ts'

interface IssuerKey {
  readonly alg: string
  readonly kid: string
  readonly privateKey: CryptoKey
  readonly jwk: JWK
}

const makeKey = async (alg: string, kid: string): Promise<IssuerKey> => {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  const jwk = { ...(await exportJWK(publicKey)), alg, use: 'sig', kid }
  return { alg, kid, privateKey, jwk }
}

const audience = 'http://localhost:3001'
const clock = fixedClock(new Date('2026-11-24T12:00:00Z'))
const outbound: Outbound = createOutbound({ config: {}, clock })
let server: Server
let issuer: string
let rsa: IssuerKey
let ec: IssuerKey
/** What the authorization server answers, by path. */
let documents: Record<string, { status?: number; body: unknown }>
let asked: string[]

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    const { status = 200, body } = documents[request.url ?? ''] ?? { status: 404, body: {} }
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  // An address() of a listening TCP server is never a string.
  issuer = `http://localhost:${(server.address() as AddressInfo).port}/realms/skola`
  rsa = await makeKey('RS256', 'rsa')
  ec = await makeKey('ES256', 'ec')
})
beforeEach(() => {
  asked = []
  clock.advance(60)
  documents = {
    '/.well-known/oauth-authorization-server/realms/skola': {
      body: { issuer, jwks_uri: `${issuer}/jwks` },
    },
    '/realms/skola/jwks': { body: { keys: [rsa.jwk, ec.jwk] } },
  }
})
afterAll(async () => {
  await outbound.close()
  server.closeAllConnections()
  server.close()
})

const createVerifier = (config: Partial<AccessConfig> = {}) =>
  createAccessTokenVerifier({
    config: { DATA_DIR: testDataDir(), PUBLIC_URL: audience, AUTH_ISSUERS: issuer, ...config },
    clock,
    fetch: outbound.fetch,
  })

interface TokenChanges {
  readonly key?: IssuerKey
  readonly header?: object
  readonly claims?: object
}

/** A good RFC 9068 access token, save for what is changed. */
const sign = ({ key = rsa, header = {}, claims = {} }: TokenChanges = {}): Promise<string> => {
  const now = Math.floor(clock.now().getTime() / 1_000)
  return new SignJWT({
    iss: issuer,
    aud: audience,
    sub: 'rektor',
    client_id: 'ladok',
    scope: 'awards:write achievements:read',
    organisation: 'ri-se',
    jti: 'one',
    iat: now,
    exp: now + 300,
    ...claims,
  })
    .setProtectedHeader({ alg: key.alg, typ: 'at+jwt', kid: key.kid, ...header })
    .sign(key.privateKey)
}

const refusalOf = async (token: string, config?: Partial<AccessConfig>) => {
  const verifier = await createVerifier(config)
  const refusal = await verifier.verify(token).then(
    () => undefined,
    (error: unknown) => error,
  )
  return refusal instanceof Problem ? refusal : undefined
}

describe('an access token of a configured issuer (RFC 9068)', () => {
  it('tells whose it is and what it allows, whether signed with RS256 or ES256', async () => {
    const verifier = await createVerifier()
    for (const key of [rsa, ec])
      expect(await verifier.verify(await sign({ key }))).toEqual({
        subject: 'rektor',
        clientId: 'ladok',
        organisation: 'ri-se',
        scopes: new Set(['awards:write', 'achievements:read']),
      })
    expect(asked).toEqual([
      '/.well-known/oauth-authorization-server/realms/skola',
      '/realms/skola/jwks',
    ])
  })

  it('is found by OpenID Connect Discovery where there is no other metadata', async () => {
    documents['/realms/skola/.well-known/openid-configuration'] = {
      body: { issuer, jwks_uri: `${issuer}/jwks` },
    }
    delete documents['/.well-known/oauth-authorization-server/realms/skola']
    const verifier = await createVerifier()
    expect(await verifier.verify(await sign())).toMatchObject({ subject: 'rektor' })
  })

  it.each<[string, TokenChanges]>([
    ['is of another typ', { header: { typ: 'JWT' } }],
    ['is for another audience', { claims: { aud: 'http://localhost:3002' } }],
    ['names no audience', { claims: { aud: undefined } }],
    ['has expired', { claims: { exp: 1_700_000_000 } }],
    ['never expires', { claims: { exp: undefined } }],
    ['names nobody', { claims: { sub: undefined } }],
    ['does not say when it was issued', { claims: { iat: undefined } }],
    ['is not valid yet', { claims: { nbf: 4_000_000_000 } }],
    ['is of an issuer that is not configured', { claims: { iss: 'https://other.example' } }],
    ['names no issuer', { claims: { iss: undefined } }],
    ['has a kid that the issuer does not publish', { header: { kid: 'unknown' } }],
    ['claims the kid of another key', { header: { kid: 'ec' } }],
  ])('is refused when it %s', async (_what, changes) => {
    const refusal = await refusalOf(await sign(changes))
    expect(refusal?.code).toBe('unauthorized')
    expect(refusal?.headers['www-authenticate']).toBe('Bearer error="invalid_token"')
  })

  it('is refused when it is signed with nothing, with a shared secret, or not by the issuer', async () => {
    const [header = '', payload = '', signature = ''] = (await sign()).split('.')
    const unsigned = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).toString(
      'base64url',
    )
    const secret = new TextEncoder().encode(JSON.stringify(rsa.jwk))
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const mac = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: 'rsa' })
      .sign(secret)
    const forger = await makeKey('RS256', 'rsa')
    for (const token of [
      `${unsigned}.${payload}.`,
      `${header}.${Buffer.from('{}').toString('base64url')}.${signature}`,
      mac,
      await sign({ key: forger }),
      'no token',
      '',
    ])
      expect((await refusalOf(token))?.code).toBe('unauthorized')
  })

  it('is refused when it is signed by an algorithm that is not listed', async () => {
    const rs512 = await makeKey('RS512', 'rs512')
    documents['/realms/skola/jwks'] = { body: { keys: [rs512.jwk] } }
    expect((await refusalOf(await sign({ key: rs512 })))?.code).toBe('unauthorized')
  })

  it('is verified by any of several keys that share a name, and by no others (S-06)', async () => {
    const twin = await makeKey('RS256', 'rsa')
    documents['/realms/skola/jwks'] = { body: { keys: [twin.jwk, rsa.jwk] } }
    const verifier = await createVerifier()
    expect(await verifier.verify(await sign())).toMatchObject({ subject: 'rektor' })
    expect(await verifier.verify(await sign({ key: twin }))).toMatchObject({ subject: 'rektor' })
    const forger = await makeKey('RS256', 'rsa')
    expect((await refusalOf(await sign({ key: forger })))?.code).toBe('unauthorized')
  })

  it('takes another audience when configured', async () => {
    const token = await sign({ claims: { aud: ['urn:mikromerit', 'other'] } })
    expect((await refusalOf(token))?.code).toBe('unauthorized')
    expect(await refusalOf(token, { AUTH_AUDIENCE: 'urn:mikromerit' })).toBeUndefined()
  })
})

describe('an issuer that cannot be asked', () => {
  const metadata = '/.well-known/oauth-authorization-server/realms/skola'

  it.each<[string, string, { status?: number; body: unknown }]>([
    ['has no metadata', metadata, { status: 404, body: {} }],
    ['answers with an error', metadata, { status: 500, body: {} }],
    [
      'has metadata of another',
      metadata,
      { body: { issuer: 'https://x.example', jwks_uri: 'https://x.example/jwks' } },
    ],
    ['has metadata that is no JSON', metadata, { body: '<html>' }],
    ['has no keys', '/realms/skola/jwks', { status: 503, body: {} }],
    ['has keys that are no JSON', '/realms/skola/jwks', { body: '<html>' }],
    ['has keys that are no key set', '/realms/skola/jwks', { body: { keys: 'none' } }],
  ])('and %s is an outage, not a bad token', async (_what, path, document) => {
    documents[path] = document
    const refusal = await refusalOf(await sign())
    expect(refusal?.code).toBe('unavailable')
    expect(refusal?.headers['retry-after']).toBe('5')
  })

  it('is left alone for a moment, and asked again then', async () => {
    const verifier = await createVerifier()
    documents[metadata] = { status: 500, body: {} }
    for (let at = 0; at < 5; at++)
      await expect(verifier.verify(await sign())).rejects.toThrow('unavailable')
    const before = asked.length
    expect(before).toBeLessThanOrEqual(2)
    documents[metadata] = { body: { issuer, jwks_uri: `${issuer}/jwks` } }
    clock.advance(6)
    expect(await verifier.verify(await sign())).toMatchObject({ subject: 'rektor' })
  })

  it('is not asked again for every unknown key (S-07)', async () => {
    const verifier = await createVerifier()
    await verifier.verify(await sign())
    const before = asked.length
    for (const kid of ['a', 'b', 'c', 'd'])
      await expect(verifier.verify(await sign({ header: { kid } }))).rejects.toThrow('unauthorized')
    expect(asked.length).toBe(before)
  })

  it('is never called over http in production (S-20)', async () => {
    const guarded = createOutbound({ config: { NODE_ENV: 'production' } })
    const verifier = await createAccessTokenVerifier({
      config: {
        NODE_ENV: 'production',
        DATA_DIR: '/nonexistent',
        PUBLIC_URL: audience,
        AUTH_ISSUERS: issuer,
      },
      clock,
      fetch: guarded.fetch,
    })
    await expect(verifier.verify(await sign())).rejects.toThrow('unavailable')
    expect(asked).toEqual([])
    await guarded.close()
  })
})

describe('the development token issuer', () => {
  it('is trusted when no other is configured', async () => {
    const verifier = await createAccessTokenVerifier({
      config: { DATA_DIR: testDataDir(), PUBLIC_URL: audience },
      clock: systemClock,
      fetch: outbound.fetch,
    })
    const token = await testAccessToken({ scope: 'awards:write', organisation: 'ri-se' })
    expect(await verifier.verify(token)).toMatchObject({ organisation: 'ri-se' })
  })

  it('is not trusted beside another issuer', async () => {
    const token = await testAccessToken({ scope: 'awards:write' })
    expect((await refusalOf(token))?.code).toBe('unauthorized')
  })

  it('is refused in production', async () => {
    const config = { NODE_ENV: 'production', AUTH_ISSUERS: undefined }
    await expect(createVerifier(config)).rejects.toThrow('AUTH_ISSUERS must be set in production')
  })
})
