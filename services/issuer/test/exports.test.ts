import { normaliseOpenBadge, parseVcJwt, readBakedImage } from '@mikromerit/credentials'
import { readElmo } from '@mikromerit/exchange'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem, unchanged } from './expectations.ts'
import { setPurposesOf, statusEntriesOf } from './published-status.ts'
import { startIssuer, type TestAward, type TestIssuer } from './support.ts'

let issuer: TestIssuer
let award: TestAward
beforeAll(async () => {
  issuer = await startIssuer({ organisations: ['ri-se', 'other'] })
  award = await issuer.givenAward()
})
afterAll(() => issuer.close())

const take = (format: string, { id } = award, organisation = 'ri-se') =>
  issuer.as(organisation, 'awards:read').get(`/awards/${id}/export?format=${format}`)

describe('GET …/awards/{award}/export', () => {
  it('gives ELMO that the organisation has signed', async () => {
    const { statusCode, headers, rawPayload } = await take('elmo')
    expect([statusCode, headers['content-type']]).toEqual([200, 'application/xml'])
    const read = readElmo(rawPayload, { anchors: [], now: issuer.clock.now() })
    const document = read.ok ? read.value : undefined
    expect(document?.learner.familyName).toBe('Exempelsson')
    expect(document?.findings.map(({ code }) => code)).not.toContain('ELMO_UNSIGNED')
  })

  it('gives a European Digital Credential for Europass, unsealed', async () => {
    const { headers, body } = await take('edc')
    expect(headers['content-type']).toContain('application/ld+json')
    expect(JSON.parse(body).type).toContain('EuropeanDigitalCredential')
  })

  it('gives signed credentials bound to no key, the same copy each time', async () => {
    for (const format of ['elm', 'open_badge']) {
      const first = await take(format)
      expect([first.statusCode, first.headers['content-type']]).toEqual([200, 'application/vc+jwt'])
      expect(parseVcJwt(first.body).ok).toBe(true)
      const { jti, cnf } = decodeJwt(first.body)
      expect(cnf).toBeUndefined()
      const before = await issuer.count('credentials')
      const again = await take(format)
      expect(decodeJwt(again.body).jti).toBe(jti)
      expect(statusEntriesOf(again.body)).toEqual(statusEntriesOf(first.body))
      expect(await issuer.count('credentials')).toBe(before)
    }
  })

  it('makes one copy for many who ask at the same moment', async () => {
    const asked = await issuer.givenAward()
    const before = await issuer.count('credentials')
    const answers = await Promise.all(Array.from({ length: 6 }, () => take('elm', asked)))
    expect(new Set(answers.map(({ body }) => decodeJwt(body).jti)).size).toBe(1)
    expect(await issuer.count('credentials')).toBe(before + 1)
  })

  it.each(['open_badge_png', 'open_badge_svg'])(
    'bakes the badge into a picture: %s',
    async (format) => {
      const { rawPayload } = await take(format)
      const baked = readBakedImage(rawPayload)
      const credential = baked.ok ? baked.value : undefined
      const text = typeof credential === 'string' ? credential : JSON.stringify(credential)
      const jwt = /eyJ[\w.-]+/.exec(text)?.[0] ?? ''
      const badge = normaliseOpenBadge(decodeJwt(jwt))
      expect(badge.ok).toBe(true)
    },
  )

  it('gives a printable credential and a code that holds it', async () => {
    const pdf = await take('pdf')
    expect(pdf.headers['content-type']).toBe('application/pdf')
    expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
    const qr = await take('qr')
    expect(qr.headers['content-type']).toContain('image/svg+xml')
    expect(qr.body).toContain('<svg')
  })

  it('says that an SD-JWT VC comes by an offer', async () => {
    const response = await unchanged(issuer, () => take('sd_jwt_vc'))
    expectProblem(response, 422, 'export-by-offer')
  })

  it('gives nothing of another organisation’s award', async () => {
    const response = await unchanged(issuer, () => take('elm', award, 'other'))
    expectProblem(response, 404, 'award-not-found')
  })

  it('gives nothing of an award that is suspended or revoked, and revokes the copies there are', async () => {
    const revoked = await issuer.givenAward()
    const { body } = await take('elm', revoked)
    await issuer
      .as('ri-se', 'awards:write')
      .post(`/awards/${revoked.id}/status`, { status: 'revoked', reason: 'Fel person' })
    const response = await unchanged(issuer, () => take('open_badge', revoked))
    expectProblem(response, 409, 'award-not-valid')
    expect(await setPurposesOf(issuer, body)).toEqual(['revocation'])
  })
})
