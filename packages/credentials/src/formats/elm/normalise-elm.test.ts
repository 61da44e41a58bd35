import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { anAwardRecord, awardRecords } from '../../../test/award-records.ts'
import { elmIssuer, elmOptions, elmValidation } from '../../../test/elm-documents.ts'
import { richAwardRecords } from '../../../test/rich-award-records.ts'
import type { AwardRecord } from '../../domain/award.ts'
import { chooseText, type LanguageMap } from '../../domain/text.ts'
import { MicroCredential } from '../micro-credential.ts'
import { findRecognisedOutcomes } from '../project-validation.ts'
import { normaliseElm } from './normalise-elm.ts'
import { projectElm, projectElmVc11 } from './project-elm.ts'

const validator = Compile(MicroCredential)

function read(document: Readonly<Record<string, unknown>>): MicroCredential {
  const normalised = normaliseElm(document)
  if (!normalised.ok) throw new Error(normalised.detail)
  expect([...validator.Errors(normalised.value)]).toEqual([])
  return normalised.value
}

const readBack = (record: AwardRecord) => read(projectElm(record, elmOptions).credential)
const uris = (list: readonly { uri?: string }[] | undefined) => list?.map(({ uri }) => uri)

describe('reading back a European Digital Credential of ours', { timeout: 30_000 }, () => {
  it('gives every mapped element of an award', () => {
    fc.assert(
      fc.property(awardRecords, (record) => {
        const { achievement, award, organisation } = record
        const found = readBack(record)
        expect(found).toMatchObject({
          type: 'EuropeanDigitalCredential',
          title: achievement.title.sv,
          issuer: {
            name: organisation.legalName.sv,
            country: organisation.country,
            identifier: elmIssuer,
          },
          awardedOn: award.awardedOn,
          learningOutcomes: achievement.learningOutcomes.map(({ title }) => title.sv),
          learner: { familyName: award.learner.familyName },
          awardId: `urn:uuid:${award.id}`,
          achievementId: `${elmIssuer}/achievements/${achievement.id}`,
        })
        expect(found.description).toBe(achievement.description?.sv)
        expect(found.validUntil).toBe(award.validUntil)
        expect(found.learner?.givenName).toBe(award.learner.givenName)
        expect(found.workload?.hours).toBe(achievement.workload?.hours)
        expect(
          found.workload?.credits?.map(({ framework, value }) => ({
            framework: framework.uri,
            value,
          })),
        ).toEqual(achievement.workload?.credits)
        expect(found.levels).toEqual(achievement.levels)
        expect(uris(found.assessment?.types)).toEqual(achievement.assessment.types)
        expect(found.assessment?.supervision?.uri).toBe(achievement.assessment.supervision)
        expect(uris(found.participation?.modes)).toEqual(achievement.participation.modes)
        expect(found.participation?.languages).toEqual(achievement.participation.languages)
        expect(uris(found.fields)).toEqual(achievement.fields)
        expect(uris(found.qualityAssurance)).toEqual(
          achievement.qualityAssurance.map(({ type }) => type),
        )
        expect(found.prerequisites?.[0]).toBe(achievement.prerequisites?.sv)
        expect(found.result?.grade).toBe(award.result?.grade)
        expect(found.result?.scheme).toBe(award.result?.scheme?.title.sv)
      }),
      { numRuns: 40 },
    )
  })

  it('gives what is recorded in several languages, by several bodies and through validation', () => {
    fc.assert(
      fc.property(richAwardRecords, (record) => {
        const { achievement, award } = record
        const { validation } = award
        const found = readBack(record)
        const [tag = ''] = chooseText(achievement.title, 'sv').language.split('-')
        const say = (text: LanguageMap) => {
          const regional = Object.keys(text).find((key) => key.startsWith(`${tag}-`))
          return text[tag] ?? text[regional ?? ''] ?? chooseText(text, 'sv').text
        }
        const outcomes = findRecognisedOutcomes(record)
        expect(found.title.startsWith(say(achievement.title))).toBe(true)
        expect(found.title.length > say(achievement.title).length).toBe(
          outcomes.length < achievement.learningOutcomes.length,
        )
        if (outcomes.length > 0)
          expect(found.learningOutcomes).toEqual(outcomes.map(({ title }) => say(title)))
        expect(found.awardingBodies?.map(({ name }) => name)).toEqual(
          (award.awardingBodies ?? [record.organisation]).map(({ legalName }) => say(legalName)),
        )
        expect(found.furtherInformation).toBe(
          achievement.furtherInformation && say(achievement.furtherInformation),
        )
        expect(found.result?.grade).toBe(award.result?.grade)
        expect(found.validation?.purpose).toBe(validation?.purpose)
        expect(found.validation?.methods).toEqual(validation?.methods)
        expect(found.validation?.standardUri).toBe(validation?.standard?.uri)
        expect(found.setting?.label?.en.replace(/[ -]/g, '_')).toContain(achievement.setting)
        expect(new Set(uris(found.qualityAssurance))).toEqual(
          new Set(
            [...achievement.qualityAssurance, ...(record.organisation.accreditations ?? [])].map(
              ({ type }) => type,
            ),
          ),
        )
        const skills = [achievement, ...outcomes].flatMap(({ skills = [] }) => skills)
        // Skills of the whole belong to its only outcome, and are lost with it.
        if (outcomes.length > 0)
          expect(new Set(uris(found.skills))).toEqual(new Set(skills.map(({ uri }) => uri)))
        expect(found.stacking?.towards?.map(({ title }) => title) ?? []).toEqual(
          expect.arrayContaining(
            (achievement.stacking?.towards ?? []).map(({ title }) => say(title)),
          ),
        )
      }),
      { numRuns: 40 },
    )
  })

  it('gives the same from the form of VC 1.1', () => {
    const record = anAwardRecord({ award: { validation: elmValidation, validUntil: '2031-01-01' } })
    expect(read(projectElmVc11(record, elmOptions).credential)).toEqual(readBack(record))
  })

  it('tells apart standing alone, being part and becoming part', () => {
    const stack = (kind: 'stand_alone' | 'integrated' | 'stackable') =>
      readBack(anAwardRecord({ achievement: { stacking: { kind } } })).stacking
    expect(stack('stand_alone')).toEqual({ isStackable: false })
    expect(stack('integrated')).toEqual({ isStackable: true })
    const towards = [{ title: { sv: 'Programmet' }, uri: 'https://www.example.se/p' }]
    const stacking = { kind: 'stackable' as const, towards }
    expect(readBack(anAwardRecord({ achievement: { stacking } })).stacking).toEqual({
      isStackable: true,
      towards: [{ title: 'Programmet', uri: 'https://www.example.se/p' }],
    })
  })

  it('reads a validation with its standard, methods and the organisation that assessed', () => {
    const record = anAwardRecord({ award: { validation: elmValidation } })
    expect(readBack(record).validation).toEqual({
      purpose: 'competence',
      standard: 'Branschstandard för lagerarbete (2025)',
      standardUri: 'https://www.example.se/standard',
      methods: ['interview', 'practical_test'],
      assessedBy: ['Exempeluniversitetet'],
    })
  })

  it('speaks the language the credential puts first', () => {
    const { credential } = projectElm(anAwardRecord(), { ...elmOptions, locale: 'en' })
    expect(read(credential)).toMatchObject({
      title: 'Data-driven business development',
      issuer: { name: 'Example University' },
    })
  })
})

describe('reading a European Digital Credential of others', { timeout: 30_000 }, () => {
  const type = ['VerifiableCredential', 'EuropeanDigitalCredential']
  const claim = (members: object) => ({
    type,
    credentialSubject: { hasClaim: { type: 'LearningAchievement', ...members } },
  })

  it('takes bare values and lists, one language, many and none', () => {
    const titles = ['Kurs', { sv: 'Kurs' }, { sv: ['Kurs'] }, [{ en: 'Course', sv: 'Kurs' }]]
    for (const title of titles) expect(read(claim({ title })).title).toBe('Kurs')
    expect(read(claim({ title: { fi: ['Kurssi'] } })).title).toBe('Kurssi')
    expect(read(claim({})).title).toBe('EuropeanDigitalCredential')
  })

  it('keeps unknown codes with their label, and knows local ones by it', () => {
    const concept = (id: string, label: string) => ({
      id,
      type: 'Concept',
      prefLabel: { en: label },
    })
    const found = read(
      claim({
        provenBy: [
          { specifiedBy: { dcType: concept('https://other.example/exam', 'viva') } },
          { specifiedBy: [{ dcType: concept('urn:epass:concept:1', 'quiz') }] },
        ],
        specifiedBy: {
          nqfLevel: concept('http://data.europa.eu/snb/qdr/c_c392e7a2', 'RQF Level 6'),
          thematicArea: concept('https://other.example/field', 'Knitting'),
        },
      }),
    )
    expect(found.assessment?.types).toEqual([
      { uri: 'https://other.example/exam', text: 'viva' },
      expect.objectContaining({ uri: 'http://data.europa.eu/snb/assessment/b1b68f6735' }),
    ])
    expect(found.levels).toEqual([
      { framework: 'RQF', level: 6, uri: 'http://data.europa.eu/snb/qdr/c_c392e7a2' },
    ])
    expect(found.fields).toEqual([{ uri: 'https://other.example/field', text: 'Knitting' }])
  })

  it('follows nodes told by their id alone', () => {
    const document = claim({ title: 'Kurs', awardedBy: { awardingBody: ['urn:org:1'] } })
    const issuer = { id: 'urn:org:1', type: 'Organisation', legalName: { en: 'School' } }
    expect(read({ ...document, issuer }).awardingBodies).toEqual([
      { name: 'School', identifier: 'urn:org:1' },
    ])
    expect(read({ ...document, issuer: 'did:example:1' })).toMatchObject({
      issuer: { identifier: 'did:example:1' },
      awardingBodies: [{ identifier: 'urn:org:1' }],
    })
  })

  it('counts no workload it cannot tell, and reads a decimal comma', () => {
    const spend = (volumeOfLearning: string) => read(claim({ specifiedBy: { volumeOfLearning } }))
    expect(spend('P60M').workload).toEqual({ text: 'P60M' })
    expect(spend('PT1H30M').workload).toEqual({ hours: 1.5 })
    const point = { framework: 'ECTS', point: '7,5' }
    expect(read(claim({ creditReceived: point })).workload?.credits).toMatchObject([{ value: 7.5 }])
    expect(read(claim({ creditReceived: { ...point, point: 'many' } })).workload).toBeUndefined()
  })

  it('leaves a day as it is written, whatever the time zone', () => {
    const awardingDate = '2026-06-05T00:00:00+02:00'
    expect(read(claim({ awardedBy: { awardingDate } })).awardedOn).toBe('2026-06-05')
    expect(read(claim({ awardedBy: { awardingDate: 'yesterday' } })).awardedOn).toBeUndefined()
  })

  it('reads the payload of a token, of either version', () => {
    const { credential } = projectElm(anAwardRecord(), elmOptions)
    const expected = { ...read(credential), expiresAt: '2031-06-05T12:00:00.000Z' }
    expect(read({ ...credential, exp: 1938513600 - 86400 })).toEqual({
      ...expected,
      expiresAt: '2031-06-05T12:00:00.000Z',
    })
    const old = projectElmVc11(anAwardRecord(), elmOptions).credential
    expect(read({ vc: old, exp: 1938513600 - 86400 }).title).toBe(expected.title)
  })

  it('reads what lies inside a seal', () => {
    const payload = JSON.stringify(projectElmVc11(anAwardRecord(), elmOptions).credential)
    expect(read({ payload, signatures: [] }).title).toBe('Datadriven affärsutveckling')
  })

  it('refuses what claims nothing', () => {
    for (const document of [
      {},
      { type },
      { type, credentialSubject: {} },
      { payload: '{', signatures: [] },
    ])
      expect(normaliseElm(document)).toMatchObject({ ok: false, code: 'elm_claim_missing' })
  })

  it('makes something of the expected form out of anything, and never throws', () => {
    const names = [
      'title',
      'awardedBy',
      'awardingBody',
      'awardingDate',
      'specifiedBy',
      'provenBy',
      'hasPart',
      'grade',
      'noteLiteral',
      'additionalNote',
      'subject',
      'inScheme',
      'prefLabel',
      'id',
      'type',
      'creditPoint',
      'point',
      'framework',
      'volumeOfLearning',
      'learningOutcome',
      'nqfLevel',
      'thematicArea',
      'isPartOf',
      'accreditation',
      'dcType',
    ]
    const { node } = fc.letrec((tie) => ({
      node: fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 8 }),
      value: fc.oneof(
        { maxDepth: 5 },
        fc.jsonValue({ maxDepth: 1 }),
        tie('node'),
        fc.array(tie('node'), { maxLength: 3 }),
      ),
    }))
    fc.assert(
      fc.property(node, fc.jsonValue(), (hasClaim, issuer) => {
        const normalised = normaliseElm({
          type,
          issuer,
          issued: '2026-06-05T12:00:00Z',
          credentialSubject: { hasClaim },
        })
        if (normalised.ok) expect([...validator.Errors(normalised.value)]).toEqual([])
      }),
    )
  })
})
