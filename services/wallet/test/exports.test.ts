import { readBakedImage } from '@mikromerit/credentials'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anAward, anAwardAtIssuer } from './support/award-issuer.ts'
import { acceptOffer, startTrustedIssuer } from './support/flow.ts'
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

  it('says when the credential is not of that format', async () => {
    for (const format of ['elm', 'edc', 'open_badge', 'open_badge_png'])
      expect(refusalOf(await take(sdJwt(), format))).toEqual([422, 'export-not-held'])
    const answer = await take(vc('OpenBadgeCredential'), 'sd_jwt_vc')
    expect(refusalOf(answer)).toEqual([422, 'export-not-held'])
  })

  it('gives nothing of another learner', async () => {
    const other = wallet.as('somebody-else')
    expect(refusalOf(await take(sdJwt(), 'pdf', '', other))).toEqual([404, 'credential-not-found'])
  })
})
