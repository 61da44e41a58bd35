import { readBakedImage } from '@mikromerit/credentials'
import { readElmo } from '@mikromerit/exchange'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anAward, anAwardAtIssuer } from './support/award-issuer.ts'
import { acceptOffer, startTrustedIssuer } from './support/flow.ts'
import { anElmoFile } from './support/own-records.ts'
import type { ThirdPartyIssuer } from './support/third-party-issuer.ts'
import {
  type Answer,
  type Learner,
  problemOf,
  startWallet,
  type TestWallet,
} from './support/wallet.ts'

let wallet: TestWallet
let issuer: ThirdPartyIssuer
let learner: Learner
let held: { id: string; format: string; types?: string[] }[]

beforeAll(async () => {
  wallet = await startWallet()
  issuer = await startTrustedIssuer(wallet)
  learner = wallet.as()
  issuer.reset(anAwardAtIssuer(anAward({}), () => wallet.clock.now()).behaviour)
  held = (await acceptOffer(learner, issuer.offer())).json().credentials
})
afterAll(async () => {
  await wallet.close()
  await issuer.close()
})

const sdJwt = () => held.find(({ format }) => format === 'dc+sd-jwt')?.id ?? ''
const vc = (type: string) => held.find(({ types = [] }) => types.includes(type))?.id ?? ''
const rawOf = async (id: string) => (await learner.get(`/v1/credentials/${id}`)).json().raw
const take = (id: string, format: string, query = '', who: Learner = learner) =>
  who.get(`/v1/credentials/${id}/export?format=${format}${query}`)

const readBack = (xml: string) => {
  const read = readElmo(Buffer.from(xml), { anchors: [], now: wallet.clock.now() })
  if (!read.ok) throw new Error(read.code)
  return read.value
}
const attachmentsOf = (xml: string) =>
  [...xml.matchAll(/;base64,([A-Za-z0-9+/=]+)/g)].map(([, data = '']) =>
    Buffer.from(data, 'base64').toString(),
  )

const refusalOf = (answer: Answer) => [answer.statusCode, problemOf(answer)]

describe('GET /v1/credentials/{credential}/export', () => {
  it('gives credentials as their issuer signed them', async () => {
    for (const [id, format, type] of [
      [sdJwt(), 'sd_jwt_vc', 'application/dc+sd-jwt'],
      [vc('EuropeanDigitalCredential'), 'elm', 'application/vc+jwt'],
      [vc('OpenBadgeCredential'), 'open_badge', 'application/vc+jwt'],
    ] as const) {
      const answer = await take(id, format)
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, type])
      expect(answer.headers['cache-control']).toBe('no-store')
      const parts = (text: string) => text.split('~').sort()
      expect(parts(answer.body)).toEqual(parts(await rawOf(id)))
    }
  })

  it('gives a European Digital Credential as JSON-LD', async () => {
    const { body } = await take(vc('EuropeanDigitalCredential'), 'edc')
    expect(JSON.parse(body).type).toContain('EuropeanDigitalCredential')
  })

  it('gives an Open Badge as JSON, which is the content of the signed one', async () => {
    const id = vc('OpenBadgeCredential')
    const answer = await take(id, 'open_badge_json')
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      200,
      'application/ld+json; charset=utf-8',
    ])
    const payload = Buffer.from((await rawOf(id)).split('.')[1], 'base64url').toString()
    const badge = JSON.parse(answer.body)
    expect(JSON.parse(payload)).toMatchObject(badge)
    expect(badge.type).toContain('OpenBadgeCredential')
    expect(badge).not.toHaveProperty('proof')
    const reader = wallet.as('who-takes-the-badge')
    const { records } = (await reader.post('/v1/records', { record: badge })).json()
    expect(records).toMatchObject([{ format: 'open_badge', selfDeclared: true }])
  })

  it.each(['open_badge_png', 'open_badge_svg'])(
    'gives the badge in a picture: %s',
    async (format) => {
      const { rawPayload } = await take(vc('OpenBadgeCredential'), format)
      expect(readBakedImage(rawPayload).ok).toBe(true)
    },
  )

  it('prints a copy, and a code for a link that is open', async () => {
    const id = sdJwt()
    const plain = await take(id, 'pdf')
    expect(plain.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
    const share = (await learner.post(`/v1/credentials/${id}/shares`, {})).json()
    expect((await take(id, 'pdf', `&share=${share.id}`)).statusCode).toBe(200)
    expect((await take(id, 'qr', `&share=${share.id}`)).body).toContain('<svg')
    expect(refusalOf(await take(id, 'qr'))).toEqual([422, 'export-needs-share'])
    await learner.delete(`/v1/credentials/${id}/shares/${share.id}`)
    expect(refusalOf(await take(id, 'qr', `&share=${share.id}`))).toEqual([404, 'share-not-found'])
  })

  it("gives any credential as an ELMO file, unsigned, said to be a holder's copy", async () => {
    for (const [id, type] of [
      [sdJwt(), 'application/dc+sd-jwt'],
      [vc('EuropeanDigitalCredential'), 'application/vc+jwt'],
      [vc('OpenBadgeCredential'), 'application/vc+jwt'],
    ] as const) {
      const answer = await take(id, 'elmo')
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/xml'])
      expect(answer.headers['cache-control']).toBe('no-store')
      const { signature, reports } = readBack(answer.body)
      expect(signature.status).toBe('unsigned')
      expect(reports[0]?.attachments).toMatchObject([{ contents: [{ mediaType: type }] }])
      expect(answer.body).toContain('holderCopy')
    }
    const id = vc('EuropeanDigitalCredential')
    expect(attachmentsOf((await take(id, 'elmo')).body)).toEqual([await rawOf(id)])
  })

  it('gives an ELMO file that reads back as what is held', async () => {
    const id = vc('EuropeanDigitalCredential')
    const { microCredential } = (await learner.get(`/v1/credentials/${id}`)).json()
    const reader = wallet.as('who-reads-it-back')
    const { records } = (
      await reader.post('/v1/records', { record: (await take(id, 'elmo')).body })
    ).json()
    const { type: _, credentialDigest: __, expiresAt: ___, ...held } = microCredential
    expect(records).toHaveLength(1)
    expect(records[0].selfDeclared).toBe(true)
    for (const member of ['title', 'awardedOn', 'learningOutcomes', 'levels', 'workload', 'result'])
      expect([member, records[0].microCredential[member]]).toEqual([member, held[member]])
    expect(records[0].microCredential).toMatchObject({
      issuer: { name: held.issuer.name },
      learner: held.learner,
      setting: held.setting,
      awardId: held.awardId.replace('urn:uuid:', ''),
    })
  })

  it('says when the credential is not of that format', async () => {
    for (const format of ['elm', 'edc', 'open_badge', 'open_badge_json', 'open_badge_png'])
      expect(refusalOf(await take(sdJwt(), format))).toEqual([422, 'export-not-held'])
    const answer = await take(vc('OpenBadgeCredential'), 'sd_jwt_vc')
    expect(refusalOf(answer)).toEqual([422, 'export-not-held'])
  })

  it('gives nothing of another learner', async () => {
    const other = wallet.as('somebody-else')
    expect(refusalOf(await take(sdJwt(), 'pdf', '', other))).toEqual([404, 'credential-not-found'])
  })
})

describe('GET /v1/export', () => {
  const takeAll = (who: Learner) => who.get('/v1/export?format=elmo')

  it('gives each award once, with all its credentials, and none of the own records', async () => {
    await learner.post('/v1/records', { record: anElmoFile('Självdeklarerad svetsning') })
    const answer = await takeAll(learner)
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/xml'])
    expect(answer.headers['cache-control']).toBe('no-store')
    const { reports } = readBack(answer.body)
    expect(reports).toHaveLength(1)
    expect(reports[0]?.attachments).toHaveLength(held.length)
    expect(answer.body).not.toContain('Självdeklarerad')
  })

  it('has nothing for who holds nothing, own records or not', async () => {
    const other = wallet.as('only-own-records')
    await other.post('/v1/records', { record: anElmoFile('Svetsning') })
    expect(refusalOf(await takeAll(other))).toEqual([422, 'export-empty'])
  })

  it('does not say "passed" of what the issuer took back', async () => {
    const who = wallet.as('whose-award-was-revoked')
    const award = anAwardAtIssuer(anAward({}), () => wallet.clock.now())
    issuer.reset(award.behaviour)
    wallet.clock.advance(61)
    const { credentials } = (await acceptOffer(who, issuer.offer())).json()
    award.status = 'revoked'
    for (const { id } of credentials) await who.post(`/v1/credentials/${id}/status`)
    expect(refusalOf(await take(credentials[0].id, 'elmo', '', who))).toEqual([
      409,
      'export-not-valid',
    ])
    expect(refusalOf(await takeAll(who))).toEqual([422, 'export-empty'])
  })
})
