import { newId } from '@mikromerit/service-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem, unchanged } from './expectations.ts'
import { issuerUrl, startIssuer, type TestIssuer } from './support.ts'
import { preAuthorizedCodeGrant, readCode } from './wallet.ts'

let issuer: TestIssuer
beforeAll(async () => {
  issuer = await startIssuer({ organisations: ['ri-se', 'other'] })
})
afterAll(() => issuer.close())

const writer = () => issuer.as('ri-se', 'awards:write')
const pathOf = (credentialOfferUri: string) => {
  const uri = new URL(credentialOfferUri).searchParams.get('credential_offer_uri')
  return new URL(uri ?? '').pathname
}

describe('POST …/awards/{award}/offers', () => {
  it('offers an award once more; the earlier offer stays as it is', async () => {
    const { id, offer } = await issuer.givenAward()
    const response = await writer().post(`/awards/${id}/offers`, { txCode: true })
    expect(response.statusCode).toBe(201)
    expect(response.headers['cache-control']).toBe('no-store')
    expect(response.json().txCode).toMatch(/^\d{6}$/)
    expect(readCode(response.json())).not.toBe(readCode(offer))
    expect((await issuer.wallet().accept(offer)).response.statusCode).toBe(200)
    expect((await issuer.wallet().accept(response.json())).response.statusCode).toBe(200)
  })

  it('names the formats that are asked for', async () => {
    const { id } = await issuer.givenAward()
    const response = await writer().post(`/awards/${id}/offers`, { formats: ['sd_jwt_vc'] })
    const { credential_configuration_ids: ids } = response.json().credentialOffer
    expect(ids).toEqual(['MicroCredential_sd_jwt_vc'])
  })

  it('answers a repeated idempotency key with the same offer', async () => {
    const { id } = await issuer.givenAward()
    const headers = { 'idempotency-key': 'offer-00000001' }
    const send = () => writer().post(`/awards/${id}/offers`, { txCode: true }, headers)
    const first = await send()
    const second = await unchanged(issuer, send)
    expect([second.statusCode, second.json()]).toEqual([201, first.json()])
  })

  it.each([
    ['an unknown member', { expiry: 600 }, '/expiry'],
    ['a wrong type', { txCode: 'true' }, '/txCode'],
    ['an unknown format', { formats: ['jwt'] }, '/formats/0'],
    ['no format at all', { formats: [] }, '/formats'],
    ['a life too long', { expiresIn: 2_592_001 }, '/expiresIn'],
  ])('refuses %s', async (_, options, pointer) => {
    const { id } = await issuer.givenAward()
    const response = await unchanged(issuer, () => writer().post(`/awards/${id}/offers`, options))
    expectProblem(response, 400, 'validation-failed', pointer)
  })

  it('refuses an award that is not there, or another organisation’s', async () => {
    const { id } = await issuer.givenAward({ organisation: 'other' })
    for (const award of [newId(), id]) {
      const response = await unchanged(issuer, () => writer().post(`/awards/${award}/offers`, {}))
      expectProblem(response, 404, 'award-not-found')
    }
  })
})

describe('an offer by reference (I-08)', () => {
  it('is the same as by value, never cached, readable from a browser', async () => {
    const { offer } = await issuer.givenAward()
    const response = await issuer.wallet().readOffer(offer.credentialOfferUri)
    expect(response.statusCode).toBe(200)
    expect(response.headers).toMatchObject({
      'content-type': expect.stringContaining('application/json'),
      'cache-control': 'no-store',
      'access-control-allow-origin': '*',
    })
    expect(response.json()).toEqual(offer.credentialOffer)
  })

  it('names the issuer, the credential and the grant', async () => {
    const { offer } = await issuer.givenAward()
    expect(offer.credentialOffer).toEqual({
      credential_issuer: `${issuerUrl}/ri-se`,
      credential_configuration_ids: [
        'MicroCredential_sd_jwt_vc',
        'MicroCredential_elm',
        'MicroCredential_elm_jwt_vc_json',
        'MicroCredential_open_badge',
        'MicroCredential_open_badge_jwt_vc_json',
      ],
      grants: { [preAuthorizedCodeGrant]: { 'pre-authorized_code': readCode(offer) } },
    })
  })

  it('says that a transaction code is needed, and not which (I-09)', async () => {
    const { offer } = await issuer.givenAward({ offer: { txCode: true } })
    const response = await issuer.wallet().readOffer(offer.credentialOfferUri)
    const { tx_code: txCode } = response.json().grants[preAuthorizedCodeGrant]
    expect(txCode).toMatchObject({ input_mode: 'numeric', length: 6 })
    expect(txCode.description.length).toBeLessThanOrEqual(300)
    expect(response.body).not.toContain(offer.txCode)
  })

  it('lies at an address nobody can guess, and its code is another secret', async () => {
    const { offer } = await issuer.givenAward()
    const reference = pathOf(offer.credentialOfferUri).split('/').at(-1) ?? ''
    const secretBits = (Buffer.from(reference, 'base64url').length - 16) * 8
    expect(secretBits).toBeGreaterThanOrEqual(128)
    expect(reference).not.toBe(readCode(offer))
    const stored = JSON.stringify(await issuer.rows('offers'))
    for (const secret of [reference, readCode(offer)]) expect(stored).not.toContain(secret)
  })

  it('is answered alike when made up, another organisation’s, a code, or expired', async () => {
    const { offer } = await issuer.givenAward({ offer: { expiresIn: 60 } })
    const path = pathOf(offer.credentialOfferUri)
    const get = (url: string) => issuer.send('GET', url)
    expect((await get(path)).statusCode).toBe(200)
    for (const url of [
      `${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`,
      path.replace('/ri-se/', '/other/'),
      path.replace('/ri-se/', '/nobody/'),
      `/ri-se/offers/${readCode(offer)}`,
      '/ri-se/offers/x',
    ])
      expectProblem(await get(url), 404, 'offer-not-found')
    issuer.clock.advance(60)
    expectProblem(await get(path), 404, 'offer-not-found')
  })

  it('survives a restart', async () => {
    const { offer } = await issuer.givenAward()
    const restarted = await issuer.another()
    const response = await restarted.wallet().accept(offer)
    expect(response.response.statusCode).toBe(200)
  })
})
