import { achievementExample } from '@mikromerit/credentials'
import { newId } from '@mikromerit/service-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem, unchanged } from './expectations.ts'
import { anAchievement, anAwardDraft, issuerUrl, startIssuer, type TestIssuer } from './support.ts'

let issuer: TestIssuer
beforeAll(async () => {
  issuer = await startIssuer({ organisations: ['ri-se', 'other'] })
})
afterAll(() => issuer.close())

const writer = () => issuer.as('ri-se', 'achievements:write awards:write')
const urlOf = (id: string, organisation = 'ri-se') =>
  `${issuerUrl}/${organisation}/achievements/${id}`
const stackedOf = (...urls: string[]) => ({
  ...achievementExample,
  stackingRules: { rule: { all: urls.map((achievement) => ({ achievement })) } },
})

describe('POST …/achievements?dryRun=true', () => {
  const tryOut = (body: unknown) => writer().post('/achievements?dryRun=true', body)

  it('stores nothing, and says how complete the definition is and what would be signed', async () => {
    const response = await unchanged(issuer, () => tryOut({ id: newId(), ...achievementExample }))
    expect(response.statusCode).toBe(200)
    const { findings, completeness, previews } = response.json()
    expect(findings).toEqual([])
    expect(completeness.score).toBe(100)
    const [sdJwt, elm, badge] = previews
    expect(sdJwt).toMatchObject({
      format: 'sd_jwt_vc',
      payload: {
        achievement_title: 'Datadriven affärsutveckling',
        family_name: 'Exempelsson',
        assessment_grade: 'G',
      },
    })
    expect(sdJwt.disclosable).toContain('family_name')
    expect(elm.payload.type).toContain('EuropeanDigitalCredential')
    expect(badge.payload.type).toContain('OpenBadgeCredential')
    expect(sdJwt.losses[0].message).toEqual({ sv: expect.any(String), en: expect.any(String) })
  })

  it('gives every finding with its code, severity, place and words, errors too', async () => {
    const response = await tryOut({
      ...achievementExample,
      learningOutcomes: [],
      qualityAssurance: [],
      assessment: { types: [] },
      title: { sv: 'Affärsutveckling' },
    })
    expect(response.statusCode).toBe(200)
    const { findings, completeness, previews } = response.json()
    expect(findings).toContainEqual({
      code: 'OUTCOMES_MISSING',
      severity: 'error',
      pointer: '/learningOutcomes',
      message: {
        sv: 'Ange minst ett läranderesultat.',
        en: 'State at least one learning outcome.',
      },
    })
    const codes = findings.map(({ code }: { code: string }) => code)
    for (const code of ['QA_MISSING', 'ASSESSMENT_MISSING', 'TITLE_LANGUAGE_SV_OR_EN'])
      expect(codes).toContain(code)
    expect(completeness.score).toBeLessThan(85)
    expect(previews).toEqual([])
  })
})

describe('the completeness of a definition', () => {
  it('is told when it is read', async () => {
    const { id } = await issuer.given(anAchievement({ fields: [] }))
    const { completeness } = (await writer().get(`/achievements/${id}`)).json()
    expect(completeness.score).toBe(96.5)
    const missing = completeness.elements.filter(({ isMet }: { isMet: boolean }) => !isMet)
    expect(missing).toMatchObject([{ element: 'field_of_education', pointer: '/fields' }])
  })
})

describe('a draft', () => {
  it('is not open for awards until it is published, and not after it is unpublished', async () => {
    const body = { ...achievementExample, status: 'draft' }
    const created = await writer().post('/achievements', body)
    expect([created.statusCode, created.json().status]).toEqual([201, 'draft'])
    const { id } = created.json()
    const award = () => writer().post('/awards', anAwardDraft({ achievementId: id }))
    expectProblem(await unchanged(issuer, award), 409, 'achievement-not-published')

    const published = await writer().post(`/achievements/${id}/publish`)
    expect(published.json()).toMatchObject({ id, version: 1, status: 'published' })
    expect((await award()).statusCode).toBe(201)

    const unpublished = await writer().post(`/achievements/${id}/unpublish`)
    expect(unpublished.json().status).toBe('draft')
    expectProblem(await unchanged(issuer, award), 409, 'achievement-not-published')
  })

  it('stays a draft when it is replaced, and is found by its status', async () => {
    const body = { ...achievementExample, status: 'draft' }
    const { id } = (await writer().post('/achievements', body)).json()
    const changed = { ...achievementExample, homepage: 'https://example.org/kurs' }
    const replaced = await writer().put(`/achievements/${id}`, changed)
    expect(replaced.json()).toMatchObject({ version: 2, status: 'draft' })
    const drafts = (await writer().get('/achievements?status=draft')).json().items
    expect(drafts).toContainEqual(expect.objectContaining({ id }))
    const open = (await writer().get('/achievements?status=published')).json().items
    expect(open).not.toContainEqual(expect.objectContaining({ id }))
  })

  it('cannot be made of an archived definition', async () => {
    const { id } = await issuer.given(anAchievement())
    await writer().post(`/achievements/${id}/archive`)
    for (const verb of ['publish', 'unpublish']) {
      const change = () => writer().post(`/achievements/${id}/${verb}`)
      expectProblem(await unchanged(issuer, change), 409, 'achievement-archived')
    }
  })
})

describe('stacking rules', () => {
  it('are stored and shown', async () => {
    const { id: part } = await issuer.given(anAchievement())
    const response = await writer().post('/achievements', stackedOf(urlOf(part)))
    expect(response.statusCode).toBe(201)
    const { id } = response.json()
    expect((await writer().get(`/achievements/${id}`)).json().stackingRules).toEqual(
      stackedOf(urlOf(part)).stackingRules,
    )
  })

  it('that close a circle are refused, through definitions of others too', async () => {
    const [a, b, c] = [newId(), newId(), newId()]
    await writer().post('/achievements', { id: a, ...stackedOf(urlOf(b, 'other')) })
    const other = issuer.as('other', 'achievements:write')
    const between = await other.post('/achievements', { id: b, ...stackedOf(urlOf(c)) })
    expect(between.statusCode).toBe(201)
    const close = () => writer().post('/achievements', { id: c, ...stackedOf(urlOf(a)) })
    expectProblem(await unchanged(issuer, close), 400, 'achievement-invalid', '/stackingRules')
    const itself = newId()
    const own = () => writer().post('/achievements', { id: itself, ...stackedOf(urlOf(itself)) })
    expectProblem(await unchanged(issuer, own), 400, 'achievement-invalid', '/stackingRules')
  })

  it('that cannot reach what they demand are warned of', async () => {
    const { id: part } = await issuer.given(anAchievement())
    const rules = stackedOf(urlOf(part))
    const constraints = { credits: { framework: 'ects', min: 3.5 } }
    const draft = { ...rules, stackingRules: { ...rules.stackingRules, constraints } }
    const { findings } = (await writer().post('/achievements', draft)).json()
    expect(findings).toMatchObject([{ code: 'STACK_UNREACHABLE', severity: 'warning' }])
  })

  it('of a form nobody understands are refused', async () => {
    const rule = { achievement: urlOf(newId()), hours: { min: 3 } }
    const draft = { ...achievementExample, stackingRules: { rule } }
    const response = await unchanged(issuer, () => writer().post('/achievements', draft))
    expectProblem(response, 400, 'achievement-invalid', '/stackingRules/rule')
  })
})
