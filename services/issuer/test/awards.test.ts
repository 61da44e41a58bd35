import { newId } from '@mikromerit/service-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem, unchanged } from './expectations.ts'
import { anAchievement, anAwardDraft, issuerUrl, startIssuer, type TestIssuer } from './support.ts'

let issuer: TestIssuer
let achievementId: string
beforeAll(async () => {
  issuer = await startIssuer({ organisations: ['ri-se', 'other', 'listing'] })
  achievementId = (await issuer.given(anAchievement())).id
})
afterAll(() => issuer.close())

const writer = (organisation = 'ri-se') => issuer.as(organisation, 'awards:write')
const award = (changes: object = {}, headers?: Record<string, string>) =>
  writer().post('/awards', { ...anAwardDraft({ achievementId }), ...changes }, headers)
const refuse = (changes: object) => unchanged(issuer, () => award(changes))
const tomorrow = () => new Date(issuer.clock.now().getTime() + 48 * 3_600_000)
const inWords = (day: Date) => day.toISOString().slice(0, 10)

describe('POST /v1/organisations/{organisation}/awards', () => {
  it('records an award and says where it lies', async () => {
    const response = await award()
    expect(response.statusCode).toBe(201)
    const body = response.json()
    expect(body).toMatchObject({
      achievementId,
      achievementVersion: 1,
      status: 'valid',
      credentials: [],
    })
    expect(body.offer).toBeUndefined()
    expect(response.headers.location).toBe(`${issuerUrl}/v1/organisations/ri-se/awards/${body.id}`)
    expect((await writer().get(`/awards/${body.id}`)).json()).toEqual({
      ...body,
      statusChanges: [],
    })
  })

  it('completes the grade by the scale of the definition', async () => {
    const { result } = (await award({ result: { grade: 'G' } })).json()
    expect(result).toMatchObject({ grade: 'G', scheme: { id: 'UG', values: ['U', 'G'] } })
  })

  it('offers it at once when asked, in the same answer', async () => {
    const { offer } = (await award({ offer: { txCode: true, expiresIn: 600 } })).json()
    expect(offer).toMatchObject({
      txCode: expect.stringMatching(/^\d{6}$/),
      credentialOffer: { credential_issuer: `${issuerUrl}/ri-se` },
      credentialOfferUri: expect.stringMatching(
        /^openid-credential-offer:\/\/\?credential_offer_uri=/,
      ),
      expiresAt: new Date(issuer.clock.now().getTime() + 600_000).toISOString(),
    })
  })

  it('keeps all about the learner sealed', async () => {
    const learner = { givenName: 'Planterad', familyName: 'Planteradsson', birthDate: '1990-01-02' }
    const { id } = (await award({ learner, sourceReference: 'sealed-1' })).json()
    const row = (await issuer.rows('awards')).find((stored) => stored.id === id)
    expect(JSON.stringify(row)).not.toMatch(/Planterad|1990-01-02/)
    const sealed = Buffer.from(String(row?.content).slice(2), 'hex').toString('latin1')
    expect(sealed).not.toMatch(/Planterad|1990/)
  })

  it('does not see the drafts of another organisation, and may not award what it published', async () => {
    const { id } = await issuer.given(anAchievement({ organisation: 'other' }))
    expectProblem(await refuse({ achievementId: id }), 403, 'not-delegated')
    await issuer.as('other', 'achievements:write').post(`/achievements/${id}/unpublish`)
    expectProblem(await refuse({ achievementId: id }), 404, 'achievement-not-found')
  })

  it('refuses an achievement that does not exist', async () => {
    expectProblem(await refuse({ achievementId: newId() }), 404, 'achievement-not-found')
  })

  it('refuses an organisation that does not exist', async () => {
    const response = await unchanged(issuer, () =>
      writer('nobody').post('/awards', anAwardDraft({ achievementId })),
    )
    expectProblem(response, 404, 'organisation-not-found')
  })

  it('refuses an award date in the future', async () => {
    const awardedOn = inWords(tomorrow())
    expectProblem(await refuse({ awardedOn }), 400, 'award-date-in-future', '/awardedOn')
  })

  it('takes today in Sweden for today', async () => {
    const inSweden = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' })
    const response = await award({ awardedOn: inSweden.format(issuer.clock.now()) })
    expect(response.statusCode).toBe(201)
  })

  it('refuses what breaks a data rule, all of it at once, and repeats no value', async () => {
    const response = await refuse({
      learner: { familyName: 'Personsson 19640823-3234', birthDate: '2025-01-01' },
      result: { grade: 'Toppen' },
      validUntil: '2020-01-01',
    })
    expectProblem(
      response,
      400,
      'award-invalid',
      '/learner/familyName',
      '/learner/birthDate',
      '/result/grade',
      '/validUntil',
    )
    expect(response.body).not.toMatch(/Personsson|3234|Toppen/)
  })

  it.each([
    ['an unknown member', { lärare: 'x' }, '/lärare'],
    [
      'a misspelt member of the learner',
      { learner: { familyName: 'A', name: 'B' } },
      '/learner/name',
    ],
    ['a wrong type', { awardedOn: 20260605 }, '/awardedOn'],
    ['a day that is none', { awardedOn: '2026-02-30' }, '/awardedOn'],
    ['an e-mail that is none', { learner: { familyName: 'A', email: 'x' } }, '/learner/email'],
    ['an unknown format', { offer: { formats: ['pdf'] } }, '/offer/formats/0'],
    ['an offer for no time', { offer: { expiresIn: 1 } }, '/offer/expiresIn'],
    ['an offer in text', { offer: 'yes' }, '/offer'],
  ])('refuses %s', async (_, changes, pointer) => {
    expectProblem(await refuse(changes), 400, 'validation-failed', pointer)
  })

  it('refuses what is no JSON, and what is too large', async () => {
    const broken = await unchanged(issuer, () => writer().post('/awards', '{"learner": {'))
    expectProblem(broken, 400, 'malformed-json')
    const evidence = { description: { sv: 'x'.repeat(600_000) } }
    expectProblem(await refuse({ evidence: [evidence] }), 413, 'payload-too-large')
  })
})

describe('a source reference', () => {
  it('names one award: the same content again is answered with the same award', async () => {
    const first = await award({ sourceReference: 'ladok-1' })
    const again = await unchanged(issuer, () => award({ sourceReference: 'ladok-1' }))
    expect([first.statusCode, again.statusCode]).toEqual([201, 200])
    expect(again.json()).toEqual(first.json())
    expect(again.headers.location).toBe(first.headers.location)
  })

  it('does not depend on the order of members', async () => {
    const draft = anAwardDraft({ achievementId, sourceReference: 'ladok-2' })
    await writer().post('/awards', draft)
    const reversed = Object.fromEntries(Object.entries(draft).reverse())
    expect((await unchanged(issuer, () => writer().post('/awards', reversed))).statusCode).toBe(200)
  })

  it('is the same award also after a new version of the definition, and after it is closed', async () => {
    const { id } = await issuer.given(anAchievement())
    const draft = anAwardDraft({ achievementId: id, sourceReference: 'ladok-3' })
    await writer().post('/awards', draft)
    const editor = issuer.as('ri-se', 'achievements:write')
    await editor.put(`/achievements/${id}`, anAchievement({ title: { sv: 'Annat' } }).draft)
    const later = await unchanged(issuer, () => writer().post('/awards', draft))
    expect([later.statusCode, later.json().achievementVersion]).toEqual([200, 1])
    await editor.post(`/achievements/${id}/archive`)
    expect((await unchanged(issuer, () => writer().post('/awards', draft))).statusCode).toBe(200)
  })

  it('makes a further offer when one is asked for: the first answer may have been lost', async () => {
    const wish = { sourceReference: 'ladok-4', offer: {} }
    const first = (await award(wish)).json()
    const second = (await award(wish)).json()
    expect(second.id).toBe(first.id)
    expect(second.offer.id).not.toBe(first.offer.id)
  })

  it('refuses other content', async () => {
    await award({ sourceReference: 'ladok-5' })
    const other = { sourceReference: 'ladok-5', learner: { familyName: 'Annansson' } }
    expectProblem(await refuse(other), 409, 'award-exists')
  })

  it('makes one award of two requests that race', async () => {
    const both = await Promise.all([1, 2].map(() => award({ sourceReference: 'raced' })))
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 201])
    expect(both[0]?.json().id).toBe(both[1]?.json().id)
    const stored = (await issuer.rows('awards')).filter((row) => row.source_reference === 'raced')
    expect(stored).toHaveLength(1)
  })

  it('belongs to its organisation alone', async () => {
    await award({ sourceReference: 'shared' })
    const { id } = await issuer.given(anAchievement({ organisation: 'other' }))
    const draft = anAwardDraft({ achievementId: id, sourceReference: 'shared' })
    expect((await writer('other').post('/awards', draft)).statusCode).toBe(201)
  })
})

describe('an idempotency key', () => {
  it('gets the answer of the first request, with its transaction code', async () => {
    const headers = { 'idempotency-key': 'award-00000001' }
    const first = await award({ offer: { txCode: true } }, headers)
    const second = await unchanged(issuer, () => award({ offer: { txCode: true } }, headers))
    expect([second.statusCode, second.json()]).toEqual([201, first.json()])
    const stored = JSON.stringify(await issuer.rows('idempotency_keys'))
    expect(stored).not.toContain(first.json().offer.txCode)
  })

  it('is refused for another request', async () => {
    const headers = { 'idempotency-key': 'award-00000002' }
    await award({}, headers)
    const other = await unchanged(issuer, () => award({ awardedOn: '2026-01-01' }, headers))
    expectProblem(other, 422, 'idempotency-key-reused')
  })

  it('is not used up by a refusal', async () => {
    const headers = { 'idempotency-key': 'award-00000003' }
    await award({ sourceReference: 'taken' })
    const refused = { sourceReference: 'taken', learner: { familyName: 'Annansson' } }
    const refusal = await unchanged(issuer, () => award(refused, headers))
    expectProblem(refusal, 409, 'award-exists')
    expect((await award({}, headers)).statusCode).toBe(201)
  })

  it('makes one award of two requests that race', async () => {
    const headers = { 'idempotency-key': 'award-00000004' }
    const before = await issuer.count('awards')
    const both = await Promise.all([1, 2].map(() => award({}, headers)))
    expect(both[0]?.json()).toEqual(both[1]?.json())
    expect(await issuer.count('awards')).toBe(before + 1)
  })

  it.each(['short', 'with space', 'å'.repeat(8)])('is refused as %j', async (key) => {
    const response = await unchanged(issuer, () => award({}, { 'idempotency-key': key }))
    expectProblem(response, 400, 'validation-failed')
  })
})

describe('GET …/awards', () => {
  it('lists them with their credentials, newest first, page by page and by what is asked for', async () => {
    const ids: string[] = []
    for (let count = 0; count < 4; count++) {
      const draft = { sourceReference: `list-${count}` }
      ids.unshift((await issuer.givenAward({ organisation: 'listing', draft })).id)
    }
    const listing = issuer.as('listing', 'awards:write')
    await listing.post(`/awards/${ids[1]}/status`, { status: 'suspended', reason: 'Omprövning' })
    const first = (await listing.get('/awards?limit=3')).json()
    const second = (await listing.get(`/awards?limit=3&cursor=${first.nextCursor}`)).json()
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids)
    expect(second.nextCursor).toBeUndefined()

    const by = async (query: string) =>
      (await listing.get(`/awards?${query}`)).json().items.map(({ id }: { id: string }) => id)
    expect(await by('status=suspended')).toEqual([ids[1]])
    expect(await by('sourceReference=list-3')).toEqual([ids[0]])
    expect(await by(`achievementId=${first.items[2].achievementId}`)).toEqual([ids[2]])
    expect(await by('sourceReference=list-9')).toEqual([])
  })

  it('shows the credentials that were made of an award', async () => {
    const { id, offer } = await issuer.givenAward()
    const { notificationId } = await issuer.wallet().accept(offer)
    const { credentials } = (await writer().get(`/awards/${id}`)).json()
    expect(credentials).toMatchObject([
      { id: notificationId, configurationId: 'MicroCredential_sd_jwt_vc', status: 'valid' },
    ])
    const listed = (await writer().get('/awards?limit=1')).json()
    expect(listed.items[0]).toMatchObject({ id, credentials })
  })

  it('does not know an award that is not there', async () => {
    expectProblem(await writer().get(`/awards/${newId()}`), 404, 'award-not-found')
    expectProblem(await writer().get('/awards/1'), 400, 'validation-failed')
  })
})
