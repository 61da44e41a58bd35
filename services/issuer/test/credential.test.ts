import { X509Certificate } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectOAuthError, expectProblem, unchanged } from './expectations.ts'
import { statusReferenceOf } from './published-status.ts'
import { aToken, issuerUrl, startIssuer, type TestIssuer } from './support.ts'
import { aHolderKey } from './wallet.ts'

let issuer: TestIssuer
beforeAll(async () => {
  issuer = await startIssuer({ organisations: ['ri-se', 'other'] })
  // The first credential opens the status list; refusals after it change nothing.
  for (const organisation of ['ri-se', 'other']) await issued(organisation)
})
afterAll(() => issuer.close())

async function issued(organisation = 'ri-se') {
  const { id, offer } = await issuer.givenAward({ organisation })
  return { awardId: id, ...(await issuer.wallet(organisation).accept(offer)) }
}

async function redeemed(organisation = 'ri-se') {
  const { id, offer } = await issuer.givenAward({ organisation })
  const wallet = issuer.wallet(organisation)
  const token = await wallet.redeem(offer)
  const freshProof = async () => wallet.makeProof({ nonce: await wallet.freshNonce() })
  return { id, wallet, token, freshProof }
}

const configuration = { credential_configuration_id: 'MicroCredential_sd_jwt_vc' }
const jwtOf = (credential: string) => credential.split('~')[0] ?? ''
const disclosuresOf = (credential: string): [string, string, unknown][] =>
  credential
    .split('~')
    .slice(1, -1)
    .map((text) => JSON.parse(Buffer.from(text, 'base64url').toString()))

describe('the credential', () => {
  it('is answered once, with a notification id, and not cached (I-39)', async () => {
    const { response } = await issued()
    expect(response.statusCode).toBe(200)
    expect(response.headers['cache-control']).toBe('no-store')
    expect(response.json()).toEqual({
      credentials: [{ credential: expect.any(String) }],
      notification_id: expect.any(String),
    })
  })

  it('is an SD-JWT VC of the learning credential type, bound to the proof’s key (I-47)', async () => {
    const key = aHolderKey()
    const { offer } = await issuer.givenAward()
    const { credential } = await issuer.wallet().accept(offer, key)
    const header = decodeProtectedHeader(jwtOf(credential))
    expect(header).toMatchObject({ alg: 'ES256', typ: 'dc+sd-jwt', kid: expect.any(String) })
    const claims = decodeJwt(jwtOf(credential))
    const { kty, crv, x, y } = key.jwk
    expect(claims).toMatchObject({
      iss: `${issuerUrl}/ri-se`,
      vct: 'urn:eu.europa.ec.eudi:learning:credential:1',
      cnf: { jwk: { kty, crv, x, y } },
      status: {
        status_list: { idx: expect.any(Number), uri: `${issuerUrl}/ri-se/status-lists/1` },
      },
    })
    expect(Object.keys((claims.cnf as { jwk: object }).jwk).sort()).toEqual([
      'crv',
      'kty',
      'x',
      'y',
    ])
  })

  it('hides the learner, and nothing a verifier must always see (I-47)', async () => {
    const { credential } = await issued()
    const names = disclosuresOf(credential).map(([, name]) => name)
    expect(names).toEqual(expect.arrayContaining(['family_name', 'given_name']))
    for (const name of ['iss', 'nbf', 'exp', 'cnf', 'vct', 'vct#integrity', 'aka_vcts', 'status'])
      expect(names).not.toContain(name)
    expect(JSON.stringify(decodeJwt(jwtOf(credential)))).not.toContain('Exempelsson')
  })

  it('never shares a salt with another copy (I-47)', async () => {
    const { id, offer } = await issuer.givenAward()
    const further = await issuer.as('ri-se', 'awards:write').post(`/awards/${id}/offers`, {})
    const copies = [offer, further.json()].map((each) => issuer.wallet().accept(each))
    const disclosures = (await Promise.all(copies)).flatMap(({ credential }) =>
      disclosuresOf(credential),
    )
    const salts = disclosures.map(([salt]) => salt)
    expect(new Set(salts).size).toBe(salts.length)
    for (const salt of salts)
      expect(Buffer.from(salt, 'base64url').length).toBeGreaterThanOrEqual(16)
  })

  it('was made in the past and tells no second: iat and exp are full hours (I-48)', async () => {
    const { credential } = await issued()
    const { iat = 0, exp = 0 } = decodeJwt(jwtOf(credential))
    expect([iat % 3_600, exp % 3_600]).toEqual([0, 0])
    expect(iat * 1_000).toBeLessThanOrEqual(issuer.clock.now().getTime())
  })

  it('carries its certificates: leaf, then issuing authority, never the anchor (I-47)', async () => {
    const { credential } = await issued()
    const { x5c = [], kid } = decodeProtectedHeader(jwtOf(credential))
    const [leaf, authority, ...more] = x5c.map(
      (text) => new X509Certificate(Buffer.from(text, 'base64')),
    )
    expect(more).toEqual([])
    expect(authority?.ca).toBe(true)
    expect(leaf?.checkIssued(authority as X509Certificate)).toBe(true)
    expect(leaf?.verify((authority as X509Certificate).publicKey)).toBe(true)
    for (const certificate of [leaf, authority])
      expect(certificate?.checkIssued(certificate)).toBe(false)
    expect(leaf?.subjectAltName?.split(', ').sort()).toEqual([
      'DNS:localhost',
      `URI:${issuerUrl}/ri-se`,
    ])
    const { keys } = (await issuer.send('GET', '/ri-se/jwks.json')).json()
    const { x, y } = leaf?.publicKey.export({ format: 'jwk' }) ?? {}
    expect(keys).toMatchObject([{ kid, x, y }])
  })

  it('has a status index of its own that says nothing about the order (I-50)', async () => {
    const copies = []
    for (let count = 0; count < 12; count++) copies.push((await issued()).credential)
    const indexes = copies.map((credential) => statusReferenceOf(credential).idx)
    expect(new Set(indexes).size).toBe(indexes.length)
    expect(indexes).not.toEqual(indexes.toSorted((a, b) => a - b))
  })

  it('gets no index twice from two replicas (I-50)', async () => {
    const replica = await issuer.another()
    const make = async (one: Pick<TestIssuer, 'wallet'>) => {
      const { offer } = await issuer.givenAward()
      return (await one.wallet().accept(offer)).credential
    }
    const made = await Promise.all([1, 2, 3, 4, 5, 6].map((at) => make(at % 2 ? issuer : replica)))
    const indexes = made.map((credential) => statusReferenceOf(credential).idx)
    expect(new Set(indexes).size).toBe(6)
  })

  it('ends with the competence, and is not made after it has lapsed', async () => {
    const tomorrow = new Date(issuer.clock.now().getTime() + 24 * 3_600_000)
    const validUntil = tomorrow.toISOString().slice(0, 10)
    const { offer } = await issuer.givenAward({
      draft: { validUntil },
      offer: { expiresIn: 600_000 },
    })
    const { credential } = await issuer.wallet().accept(offer)
    expect(decodeJwt(jwtOf(credential)).exp).toBe(Date.parse(`${validUntil}T23:59:59Z`) / 1_000)
  })
})

describe('an access token', () => {
  it('is needed (I-56)', async () => {
    const { wallet, freshProof } = await redeemed()
    const proof = await freshProof()
    const response = await unchanged(issuer, () => wallet.requestWithProof(undefined, proof))
    expectOAuthError(response, 401, 'invalid_token')
    expect(response.headers['www-authenticate']).toBe('Bearer')
  })

  it('must be ours: not made up, no nonce, no code, no token of our own API (S-02)', async () => {
    const { wallet, token, freshProof } = await redeemed()
    const proof = await freshProof()
    const others = [
      'x',
      `${token.slice(0, -2)}xx`,
      await wallet.freshNonce(),
      proof,
      await aToken('awards:write', 'ri-se'),
    ]
    for (const other of others) {
      const response = await unchanged(issuer, () => wallet.requestWithProof(other, proof))
      expectOAuthError(response, 401, 'invalid_token')
      expect(response.headers['www-authenticate']).toContain('error="invalid_token"')
    }
  })

  it('does not open our own API (S-04)', async () => {
    const { token } = await redeemed()
    const response = await issuer.send('GET', '/v1/organisations/ri-se/awards', { token })
    expectProblem(response, 401, 'unauthorized')
  })

  it('is good at its own issuer only', async () => {
    const { token } = await redeemed()
    const other = await redeemed('other')
    const proof = await other.freshProof()
    const response = await unchanged(issuer, () => other.wallet.requestWithProof(token, proof))
    expectOAuthError(response, 401, 'invalid_token')
  })

  it('lasts five minutes (I-10)', async () => {
    const { wallet, token, freshProof } = await redeemed()
    issuer.clock.advance(301)
    const proof = await freshProof()
    const response = await unchanged(issuer, () => wallet.requestWithProof(token, proof))
    expectOAuthError(response, 401, 'invalid_token')
  })

  it('comes in the header, whose scheme is read without case, and nowhere else (I-56)', async () => {
    const { wallet, token, freshProof } = await redeemed()
    const body = { ...configuration, proofs: { jwt: [await freshProof()] } }
    const inQuery = await unchanged(issuer, () =>
      issuer.send('POST', `/ri-se/credential?access_token=${token}`, { body }),
    )
    expectOAuthError(inQuery, 401, 'invalid_token')
    const inBody = await unchanged(issuer, () =>
      issuer.send('POST', '/ri-se/credential', { body: { ...body, access_token: token } }),
    )
    expectOAuthError(inBody, 401, 'invalid_token')
    expect((await wallet.requestCredential(token, body, 'BEARER')).statusCode).toBe(200)
  })
})

describe('a credential request', () => {
  const requests: [string, string, object][] = [
    [
      'both ways to name it (I-29)',
      'invalid_credential_request',
      { ...configuration, credential_identifier: 'x' },
    ],
    ['no name (I-29)', 'invalid_credential_request', {}],
    [
      'an identifier we never gave (I-29)',
      'invalid_credential_request',
      { credential_identifier: 'x' },
    ],
    [
      'an unknown configuration (I-30)',
      'unknown_credential_configuration',
      { credential_configuration_id: 'Driving' },
    ],
    [
      'the configuration in another type',
      'invalid_credential_request',
      { credential_configuration_id: 1 },
    ],
  ]
  it.each(requests)('is refused with %s', async (_, error, members) => {
    const { wallet, token, freshProof } = await redeemed()
    const body = { ...members, proofs: { jwt: [await freshProof()] } }
    const response = await unchanged(issuer, () => wallet.requestCredential(token, body))
    expectOAuthError(response, 400, error)
  })

  it.each([
    [
      'the old singular proof (I-32)',
      'invalid_proof',
      (jwt: string) => ({ proof: { proof_type: 'jwt', jwt } }),
    ],
    ['no proof (I-33)', 'invalid_proof', () => ({})],
    ['no proof in the array (I-33)', 'invalid_credential_request', () => ({ proofs: { jwt: [] } })],
    ['no array', 'invalid_credential_request', (jwt: string) => ({ proofs: { jwt } })],
    [
      'two types of proof (I-33)',
      'invalid_credential_request',
      (jwt: string) => ({ proofs: { jwt: [jwt], attestation: [jwt] } }),
    ],
    ['another type of proof', 'invalid_proof', () => ({ proofs: { ldp_vp: [{}] } })],
    [
      'two proofs, since no batch is offered (I-07)',
      'invalid_credential_request',
      (jwt: string) => ({ proofs: { jwt: [jwt, jwt] } }),
    ],
  ] satisfies [string, string, (jwt: string) => object][])(
    'is refused with %s',
    async (_, error, proofs) => {
      const { wallet, token, freshProof } = await redeemed()
      const body = { ...configuration, ...proofs(await freshProof()) }
      const response = await unchanged(issuer, () => wallet.requestCredential(token, body))
      expectOAuthError(response, 400, error)
    },
  )

  it('may hold members we do not know, also those of older drafts (I-32, I-46)', async () => {
    const { wallet, token, freshProof } = await redeemed()
    const body = {
      ...configuration,
      format: 'vc+sd-jwt',
      vct: 'x',
      proofs: { jwt: [await freshProof()] },
    }
    expect((await wallet.requestCredential(token, body)).statusCode).toBe(200)
  })

  it('is refused when it is no JSON, or too large', async () => {
    const { token } = await redeemed()
    const send = (body: string) =>
      unchanged(issuer, () => issuer.send('POST', '/ri-se/credential', { token, body }))
    expectOAuthError(await send('{'), 400, 'invalid_credential_request')
    expectOAuthError(await send('[]'), 400, 'invalid_credential_request')
    const large = JSON.stringify({ ...configuration, padding: 'x'.repeat(600_000) })
    expectOAuthError(await send(large), 413, 'invalid_credential_request')
  })
})

describe('a nonce (I-28)', () => {
  it('is given to anyone, without token, body or media type, and never cached', async () => {
    const response = await issuer.wallet().requestNonce()
    expect(response.statusCode).toBe(200)
    expect(response.headers['cache-control']).toBe('no-store')
    expect(response.json()).toEqual({ c_nonce: expect.any(String) })
    expect(await issuer.wallet().freshNonce()).not.toBe(response.json().c_nonce)
    for (const headers of [
      { 'content-type': 'application/json' },
      { 'content-type': 'text/plain' },
    ]) {
      const other = await issuer.send('POST', '/ri-se/nonce', { body: '', headers })
      expect(other.statusCode).toBe(200)
    }
  })

  it('is not given by GET, nor where nobody issues', async () => {
    const get = await issuer.send('GET', '/ri-se/nonce')
    expect([get.statusCode, get.headers.allow]).toEqual([405, 'POST'])
    expectOAuthError(await issuer.wallet('nobody').requestNonce(), 404, 'invalid_request')
  })

  it('stores nothing until it is used', async () => {
    await unchanged(issuer, () => issuer.wallet().requestNonce())
  })
})
