import { createHash } from 'node:crypto'
import {
  type AchievementDraft,
  type AwardDraft,
  normaliseLearningCredential,
  parseSdJwt,
  processSdJwt,
} from '@mikromerit/credentials'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { expectOAuthError, expectProblem, unchanged } from './expectations.ts'
import { jobEnded, rowsOf } from './import-files.ts'
import { statusOf } from './published-status.ts'
import { anAchievement, anAwardDraft, issuerUrl, startIssuer, type TestIssuer } from './support.ts'

const micro = 'webuild_micro_credential'
const skill = 'webuild_verified_skill'
const microId = 'VerifiableMicroCredential_sd_jwt_vc'
const skillId = 'VerifiableVerifiedSkill_sd_jwt_vc'
const both = { furtherFormats: { [micro]: '0.2', [skill]: '0.2' } }

let issuer: TestIssuer
/** Definitions by setting. */
let course: string
let training: string
beforeAll(async () => {
  issuer = await startIssuer({ organisations: ['ri-se', 'other'] })
  course = await given({})
  training = await given({ setting: 'non_formal', levels: [] })
})
afterAll(() => issuer.close())
beforeEach(() => store(both))

const given = async (changes: Partial<AchievementDraft>) =>
  (await issuer.given(anAchievement(changes))).id
const writer = () => issuer.as('ri-se', 'awards:write')
const store = (settings: unknown) =>
  issuer.as('ri-se', 'organisations:write').put('/settings', settings)
const validation: AwardDraft['validation'] = {
  purpose: 'competence',
  standard: { title: { sv: 'Branschstandard för lagerarbete' }, version: '2025' },
  steps: [
    { kind: 'in_depth_mapping', doneOn: '2026-04-14' },
    { kind: 'assessment', doneOn: '2026-05-06' },
  ],
  methods: ['interview', 'practical_test'],
}

const award = (achievementId: string, formats: string[], draft: Partial<AwardDraft> = {}) =>
  writer().post('/awards', { ...anAwardDraft({ achievementId, ...draft }), offer: { formats } })

async function received(achievementId: string, id: string, draft: Partial<AwardDraft> = {}) {
  const format = id === microId ? micro : skill
  const made = (await award(achievementId, [format], draft)).json()
  const token = await issuer.wallet().redeem(made.offer)
  const { credential } = await issuer.wallet().fetchCredential(token, id)
  const parsed = parseSdJwt(credential)
  const processed = parsed.ok ? processSdJwt(parsed.value) : parsed
  if (!processed.ok) throw new Error(processed.code)
  return { made, credential, payload: processed.value.payload }
}

describe('an organisation that has switched the WE BUILD types on', () => {
  it('lists them in its metadata with its labels, and no other organisation does', async () => {
    const metadata = async (organisation: string) =>
      (await issuer.send('GET', `/.well-known/openid-credential-issuer/${organisation}`)).json()
        .credential_configurations_supported
    const own = await metadata('ri-se')
    expect(own[microId]).toMatchObject({
      format: 'dc+sd-jwt',
      vct: 'VerifiableMicroCredential',
      scope: 'MicroCredential',
      cryptographic_binding_methods_supported: ['jwk'],
    })
    expect(own[skillId]).toMatchObject({ format: 'dc+sd-jwt', vct: 'VerifiableVerifiedSkill' })
    const labelled = own[skillId].credential_metadata.claims.find(
      ({ path }: { path: string[] }) => path[0] === 'skillProficiencyLevel',
    )
    expect(labelled.display).toHaveLength(2)
    expect(Object.keys(own).slice(-2)).toEqual([microId, skillId])
    expect(Object.keys(await metadata('other'))).not.toContain(microId)
    await store({ furtherFormats: { [skill]: '0.2' } })
    expect(Object.keys(await metadata('ri-se'))).not.toContain(microId)
  })

  it('offers them only when they are named', async () => {
    const made = await writer().post('/awards', {
      ...anAwardDraft({ achievementId: course }),
      offer: {},
    })
    const ids = made.json().offer.credentialOffer.credential_configuration_ids
    expect(ids).toHaveLength(5)
    const named = (await award(course, [micro, 'sd_jwt_vc'])).json()
    expect(named.offer.credentialOffer.credential_configuration_ids).toEqual([
      'MicroCredential_sd_jwt_vc',
      microId,
    ])
  })

  it('issues a VerifiableMicroCredential of a course', async () => {
    const { made, credential, payload } = await received(course, microId)
    expect(payload).toMatchObject({
      vct: 'VerifiableMicroCredential',
      iss: `${issuerUrl}/ri-se`,
      attestation_legal_category: 'non-qualified-EAA',
      category: 'eaa:eu:non-qualified',
      identifier: `urn:uuid:${made.id}`,
      achievementId: `${issuerUrl}/ri-se/achievements/${course}`,
      level: 'EQF-6',
      status: { status_list: { uri: expect.any(String), idx: expect.any(Number) } },
      cnf: { jwk: expect.any(Object) },
    })
    const visible = decodeJwt(credential.split('~')[0] ?? '')
    expect(visible).toMatchObject({ title: 'Datadriven affärsutveckling', level: 'EQF-6' })
    for (const hidden of ['givenName', 'familyName', 'identifier', 'learningOutcomes'])
      expect(visible).not.toHaveProperty(hidden)
    expect(normaliseLearningCredential(payload)).toMatchObject({
      ok: true,
      value: { learner: { familyName: 'Exempelsson' }, result: { grade: 'G' } },
    })
  })

  it('issues a VerifiableVerifiedSkill of a validation, with its stage and no formal measure', async () => {
    const { payload } = await received(training, skillId, {
      validation,
      proficiency: 'advanced_beginner',
    })
    expect(payload).toMatchObject({
      vct: 'VerifiableVerifiedSkill',
      skillProficiencyLevel: 'advanced-beginner',
      studyLoadHours: 80,
      learningSetting: 'non_formal',
      validation: { methods: ['interview', 'practical_test'] },
    })
    expect(JSON.stringify(payload)).not.toMatch(/EQF|ECTS/)
  })

  it('publishes what each credential was made after, by its digest', async () => {
    const { payload } = await received(course, microId)
    const path = '/type-metadata/vct/VerifiableMicroCredential'
    const document = await issuer.send('GET', `${path}/0.2`)
    expect(document.headers['cache-control']).toContain('immutable')
    const digest = createHash('sha256').update(document.body).digest('base64')
    expect(payload['vct#integrity']).toBe(`sha256-${digest}`)
    expect((await issuer.send('GET', path)).body).toBe(document.body)
    for (const other of [`${path}/0.1`, '/type-metadata/vct/VerifiableOther/0.2'])
      expectProblem(await issuer.send('GET', other), 404, 'not-found')
  })

  it('revokes them with the award', async () => {
    const { made, credential } = await received(course, microId)
    expect(await statusOf(issuer, credential)).toBe(0)
    for (const [status, value] of [
      ['suspended', 2],
      ['valid', 0],
      ['revoked', 1],
    ] as const) {
      await writer().post(`/awards/${made.id}/status`, { status, reason: 'Prov' })
      expect(await statusOf(issuer, credential)).toBe(value)
    }
  })

  it('names the replacement of one that was corrected', async () => {
    const { made, payload } = await received(course, microId)
    const draft = { ...anAwardDraft({ achievementId: course }), reason: 'data_corrected' }
    const corrected = await writer().post(`/awards/${made.id}/corrections`, {
      ...draft,
      offer: { formats: [micro] },
    })
    expect(corrected.statusCode).toBe(201)
    const id = String(payload.jti).replace('urn:uuid:', '')
    expect((await issuer.send('GET', `/ri-se/replacements/${id}`)).statusCode).toBe(200)
  })

  it('shows in a trial what would be signed of an award of their kind', async () => {
    const attempt = async (achievementId: string, more: object = {}) => {
      const draft = { ...anAwardDraft({ achievementId }), ...more }
      return (await unchanged(issuer, () => writer().post('/awards?dryRun=true', draft))).json()
    }
    const formatsOf = ({ previews }: { previews: { format: string }[] }) =>
      previews.map(({ format }) => format).slice(3)
    expect(formatsOf(await attempt(course))).toEqual([micro])
    expect(formatsOf(await attempt(training))).toEqual([skill])
    const { previews } = await attempt(training)
    expect(previews.at(-1).payload.vct).toBe('VerifiableVerifiedSkill')
    expect(previews.at(-1).losses).toContainEqual(
      expect.objectContaining({ code: 'LOSS_REQUIRED_CLAIM', pointer: '/award/proficiency' }),
    )
    const refused = await attempt(course, { offer: { formats: [skill] } })
    expect([refused.refusal, refused.previews]).toEqual(['award-formal', []])
    await store({})
    expect(formatsOf(await attempt(course))).toEqual([])
  })
})

describe('an offer of a WE BUILD type is refused', () => {
  it.each([
    ['a course as a skill', 'award-formal', () => course, skill, {}],
    ['training as a micro-credential', 'award-not-formal', () => training, micro, {}],
    ['a recognised course', 'award-of-validation', () => course, micro, { validation }],
  ])('of %s, and nothing is written', async (_, code, achievement, format, draft) => {
    const refused = await unchanged(issuer, () => award(achievement(), [format], draft))
    expectProblem(refused, 409, code)
    const made = (await award(achievement(), ['elm'], draft)).json()
    const again = await unchanged(issuer, () =>
      writer().post(`/awards/${made.id}/offers`, { formats: [format] }),
    )
    expectProblem(again, 409, code)
    const correction = { ...anAwardDraft({ achievementId: achievement(), ...draft }) }
    const corrected = await unchanged(issuer, () =>
      writer().post(`/awards/${made.id}/corrections`, {
        ...correction,
        reason: 'data_corrected',
        offer: { formats: ['elm', format] },
      }),
    )
    expectProblem(corrected, 409, code)
  })

  it('while it is not switched on, wherever it is named', async () => {
    await store({ furtherFormats: { [skill]: '0.2' } })
    const made = (await award(course, ['elm'])).json()
    const offer = { formats: [micro] }
    const filter = { awardIds: [made.id] }
    const refusals = await unchanged(issuer, async () => [
      await award(course, [micro]),
      await writer().post(`/awards/${made.id}/offers`, offer),
      await writer().post('/bulk/offers', { filter, offer }),
      await writer().post('/bulk/offers?dryRun=true', { filter, offer }),
      await writer().post('/bulk/reissue', { filter, reason: 'format_renewed', offer }),
    ])
    for (const refused of refusals) expectProblem(refused, 409, 'format-not-switched-on')
  })

  it('among many awards for those that are not of its kind', async () => {
    const ids = [
      (await award(course, ['elm'])).json().id,
      (await award(training, ['elm'])).json().id,
    ]
    const request = { filter: { awardIds: ids }, offer: { formats: [micro] } }
    const job = await jobEnded(issuer, (await writer().post('/bulk/offers', request)).json().id)
    expect(job.progress).toMatchObject({ succeeded: 1, refused: 1 })
    expect(await rowsOf(issuer, job.id)).toMatchObject([
      { awardId: ids[0], outcome: 'done' },
      { awardId: ids[1], outcome: 'refused', code: 'award-not-formal' },
    ])
  })

  it('at the credential endpoint once it is switched off', async () => {
    const { offer } = (await award(course, [micro])).json()
    const token = await issuer.wallet().redeem(offer)
    await store({})
    const before = await issuer.count('credentials')
    const { response } = await issuer.wallet().fetchCredential(token, microId)
    expectOAuthError(response, 400, 'unknown_credential_configuration')
    expect(await issuer.count('credentials')).toBe(before)
  })
})

describe('the settings', () => {
  it.each([
    ['another version', { furtherFormats: { [micro]: '0.1' } }],
    ['another format', { furtherFormats: { elm: '0.2' } }],
    ['nothing', { furtherFormats: {} }],
  ])('refuse %s', async (_, settings) => {
    expectProblem(await unchanged(issuer, () => store(settings)), 400, 'validation-failed')
  })

  it('refuse a legal category that the rulebooks do not know', async () => {
    const legalCategory = { value: 'qualified', claims: ['category'] }
    const refused = await unchanged(issuer, () => store({ ...both, legalCategory }))
    expectProblem(refused, 400, 'settings-contradictory', '/legalCategory/value')
  })

  it('choose the names of the legal category, and the rulebooks’ own name stays', async () => {
    const claims = ['attestation_legal_category']
    await store({ ...both, legalCategory: { value: 'non_qualified', claims } })
    const { payload } = await received(course, microId)
    expect([payload.category, payload.attestation_legal_category]).toEqual([
      undefined,
      'non-qualified-EAA',
    ])
  })
})
