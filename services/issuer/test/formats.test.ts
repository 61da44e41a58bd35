import { createPublicKey, hash } from 'node:crypto'
import {
  elmContextIntegrity,
  findHolderKey,
  normaliseElm,
  normaliseOpenBadge,
  parseVcJwt,
} from '@mikromerit/credentials'
import { compactVerify, decodeJwt, decodeProtectedHeader, importJWK, type JWK } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { statusEntriesOf } from './published-status.ts'
import { issuerUrl, startIssuer, type TestAward, type TestIssuer } from './support.ts'
import { aHolderKey } from './wallet.ts'

let issuer: TestIssuer
beforeAll(async () => {
  issuer = await startIssuer()
})
afterAll(() => issuer.close())

const allIds = [
  'MicroCredential_sd_jwt_vc',
  'MicroCredential_elm',
  'MicroCredential_elm_jwt_vc_json',
  'MicroCredential_open_badge',
  'MicroCredential_open_badge_jwt_vc_json',
]
const identifier = `${issuerUrl}/ri-se`
const idsOf = ({ offer }: Pick<TestAward, 'offer'>) =>
  offer.credentialOffer.credential_configuration_ids

async function received(id: string, key = aHolderKey()) {
  const { offer } = await issuer.givenAward()
  const token = await issuer.wallet().redeem(offer)
  return (await issuer.wallet().fetchCredential(token, id, key)).credential
}

describe('an offer', () => {
  it('lists all formats when none is named: the primary one first, each VC under both its names', async () => {
    expect(idsOf(await issuer.givenAward())).toEqual(allIds)
  })

  it('lists the formats that were named, in its own order', async () => {
    const { id } = await issuer.givenAward()
    const caller = issuer.as('ri-se', 'awards:write')
    const ask = async (formats: string[]) =>
      idsOf({ offer: (await caller.post(`/awards/${id}/offers`, { formats })).json() })
    expect(await ask(['sd_jwt_vc'])).toEqual(['MicroCredential_sd_jwt_vc'])
    expect(await ask(['open_badge', 'elm'])).toEqual(allIds.slice(1))
  })

  it('is redeemed in one run: one token, a nonce and a proof for each credential, twins included', async () => {
    const { id, offer } = await issuer.givenAward()
    const fetched = await issuer.wallet().acceptAll(offer)
    expect([...fetched.keys()]).toEqual(allIds)
    const indexes = allIds.map((name) => {
      const credential = fetched.get(name) ?? ''
      return name === 'MicroCredential_sd_jwt_vc'
        ? decodeJwt<{ status: { status_list: { idx: number } } }>(credential.split('~')[0] ?? '')
            .status.status_list.idx
        : Number(statusEntriesOf(credential)[0]?.statusListIndex)
    })
    expect(new Set(indexes).size).toBe(allIds.length)
    const { credentials } = (await issuer.as('ri-se', 'awards:read').get(`/awards/${id}`)).json()
    expect(credentials.map((one: { configurationId: string }) => one.configurationId)).toEqual(
      allIds,
    )
  })

  it('does not open what it does not list', async () => {
    const { id } = await issuer.givenAward()
    const offer = await issuer
      .as('ri-se', 'awards:write')
      .post(`/awards/${id}/offers`, { formats: ['sd_jwt_vc'] })
    const token = await issuer.wallet().redeem(offer.json())
    const before = await issuer.count('credentials')
    const { response } = await issuer.wallet().fetchCredential(token, 'MicroCredential_elm')
    expect([response.statusCode, response.json().error]).toEqual([403, 'insufficient_scope'])
    expect(await issuer.count('credentials')).toBe(before)
  })
})

describe('the European Digital Credential', () => {
  it('is a vc+jwt whose payload is the credential, bound to the proof’s key (I-54)', async () => {
    const key = aHolderKey()
    const credential = await received('MicroCredential_elm', key)
    expect(decodeProtectedHeader(credential)).toMatchObject({
      typ: 'vc+jwt',
      cty: 'vc',
      alg: 'ES256',
      kid: expect.any(String),
      x5c: [expect.any(String), expect.any(String)],
    })
    const { kty, crv, x, y } = key.jwk
    const payload = decodeJwt(credential)
    expect(payload).toMatchObject({
      '@context': ['https://www.w3.org/ns/credentials/v2', `${issuerUrl}/contexts/elm-vc2/v1`],
      type: ['VerifiableCredential', 'EuropeanDigitalCredential'],
      iss: identifier,
      id: payload.jti,
      jti: expect.stringMatching(/^urn:uuid:/),
      cnf: { jwk: { kty, crv, x, y } },
      relatedResource: [{ id: `${issuerUrl}/contexts/elm-vc2/v1`, digestSRI: elmContextIntegrity }],
    })
    expect(payload.vc).toBeUndefined()
    expect(normaliseElm(payload)).toMatchObject({
      ok: true,
      value: { learner: { givenName: 'Alva', familyName: 'Exempelsson' } },
    })
  })

  it('is the same under its other name', async () => {
    const one = decodeProtectedHeader(await received('MicroCredential_elm'))
    const other = decodeProtectedHeader(await received('MicroCredential_elm_jwt_vc_json'))
    expect(other).toEqual(one)
  })

  it('is verified by jose with the published keys', async () => {
    const credential = await received('MicroCredential_elm')
    const { keys } = (await issuer.send('GET', '/ri-se/jwks.json')).json()
    const { kid } = decodeProtectedHeader(credential)
    const key = await importJWK(
      keys.find((each: JWK) => each.kid === kid),
      'ES256',
    )
    await expect(compactVerify(credential, key)).resolves.toBeDefined()
  })
})

describe('the Open Badge', () => {
  it('has the header and the claims that Open Badges demands, and no others (I-55)', async () => {
    const key = aHolderKey()
    const credential = await received('MicroCredential_open_badge', key)
    const header = decodeProtectedHeader(credential)
    expect(header).toEqual({
      alg: 'ES256',
      kid: expect.stringMatching(`^${identifier}/keys/`),
    })
    const payload = decodeJwt<Record<string, never>>(credential)
    const {
      id,
      issuer: profile,
      credentialSubject,
      validFrom,
    } = payload as unknown as {
      id: string
      issuer: { id: string }
      credentialSubject: { id: string }
      validFrom: string
    }
    expect(payload).toMatchObject({
      iss: profile.id,
      jti: id,
      sub: credentialSubject.id,
      nbf: Date.parse(validFrom) / 1_000,
    })
    expect(payload.cnf).toBeUndefined()
    const parsed = parseVcJwt(credential)
    const holder = parsed.ok ? findHolderKey(parsed.value) : undefined
    expect(holder?.equals(createPublicKey(key.privateKey))).toBe(true)
    expect(normaliseOpenBadge(payload)).toMatchObject({ ok: true })
  })

  it('is verified by jose with the key its header names, which is among the issuer’s', async () => {
    const credential = await received('MicroCredential_open_badge_jwt_vc_json')
    const { kid = '' } = decodeProtectedHeader(credential)
    const answer = await issuer.send('GET', new URL(kid).pathname)
    expect(answer.headers['content-type']).toContain('application/jwk+json')
    await expect(
      compactVerify(credential, await importJWK(answer.json(), 'ES256')),
    ).resolves.toBeDefined()
    const { keys } = (await issuer.send('GET', '/ri-se/jwks.json')).json()
    expect(keys).toContainEqual(answer.json())
    expect((await issuer.send('GET', '/ri-se/keys/another')).statusCode).toBe(404)
  })

  it('does not run out because a document does, but with the competence', async () => {
    const shown = async (validUntil?: string) => {
      const { id, offer } = await issuer.givenAward({ draft: validUntil ? { validUntil } : {} })
      const token = await issuer.wallet().redeem(offer)
      const { credential } = await issuer
        .wallet()
        .fetchCredential(token, 'MicroCredential_open_badge')
      const award = (await issuer.as('ri-se', 'awards:read').get(`/awards/${id}`)).json()
      return [decodeJwt(credential).exp, award.credentials[0].expiresAt]
    }
    expect(await shown()).toEqual([undefined, undefined])
    const end = '2031-06-05T23:59:59'
    expect(await shown('2031-06-05')).toEqual([Date.parse(`${end}Z`) / 1_000, `${end}.000Z`])
  })
})

describe('the JSON-LD context', () => {
  it('is published unchangeable, with the digest that credentials name', async () => {
    const answer = await issuer.send('GET', '/contexts/elm-vc2/v1')
    const digest = elmContextIntegrity.replace('sha256-', '')
    expect(answer.headers).toMatchObject({
      'content-type': expect.stringContaining('application/ld+json'),
      'cache-control': 'public, max-age=31536000, immutable',
      'repr-digest': `sha-256=:${digest}:`,
      'access-control-allow-origin': '*',
    })
    expect(hash('sha256', answer.rawPayload, 'base64')).toBe(digest)
    const again = await issuer.send('GET', '/contexts/elm-vc2/v1', {
      headers: { 'if-none-match': String(answer.headers.etag) },
    })
    expect(again.statusCode).toBe(304)
  })
})
