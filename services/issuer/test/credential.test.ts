import { X509Certificate } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { statusReferenceOf } from './published-status.ts'
import { issuerUrl, startIssuer, type TestIssuer } from './support.ts'
import { aHolderKey } from './wallet.ts'

let issuer: TestIssuer
beforeAll(async () => {
  issuer = await startIssuer()
})
afterAll(() => issuer.close())

async function issued() {
  const { offer } = await issuer.givenAward()
  return issuer.wallet().accept(offer)
}

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
