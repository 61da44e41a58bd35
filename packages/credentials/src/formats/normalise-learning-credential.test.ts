import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { MicroCredential } from './micro-credential.ts'
import { normaliseLearningCredential } from './normalise-learning-credential.ts'

const validator = Compile(MicroCredential)

describe('normaliseLearningCredential', () => {
  it('reads the type that Swedish wallet pilots use', () => {
    const read = normaliseLearningCredential({
      vct: 'VerifiableMicroCredential',
      title: 'Introduktion till vårdhygien',
      issuerCountry: 'SE',
      issuanceDate: '2026-05-04',
      givenName: 'Alva',
      familyName: 'Exempelsson',
      learningOutcomes: ['kan tillämpa basala hygienrutiner'],
      notionalWorkload: { value: 3, unit: 'ECTS' },
      level: 'EQF-4',
      gradingScheme: 'U–G',
      grade: 'G',
    })
    expect(read).toMatchObject({
      ok: true,
      value: {
        title: 'Introduktion till vårdhygien',
        issuer: { country: 'SE' },
        setting: { label: { en: 'formal learning' } },
        workload: { text: '3 ECTS', credits: [{ value: 3 }] },
        levels: [{ framework: 'EQF', level: 4 }],
        result: { grade: 'G', scheme: 'U–G' },
      },
    })
  })

  it('reads a verified skill of another issuer, and what its words stand for', () => {
    const read = normaliseLearningCredential({
      vct: 'VerifiableVerifiedSkill',
      title: 'Truckkörning i kyllager',
      identifier: 'KYL-17',
      awardingBody: 'Exempelverken AB',
      awardingBodyIdentifier: 'urn:se:organisationsnummer:9999999999',
      skillOutcome: 'kör motviktstruck i kyllager',
      skillProficiencyLevel: 'advanced-beginner',
      qualityAssuranceLevel: 'third-party-assessed',
      qualityAssuranceMethod: { type: 'ISO-standard', reference: 'ISO/IEC 17024' },
      studyLoadHours: 24,
      typeOfAssessment: 'structured-observation',
      formOfParticipation: 'workplace-based',
      reviewDate: '2029-06-15',
    })
    expect(read).toMatchObject({
      ok: true,
      value: {
        awardingBodies: [
          { name: 'Exempelverken AB', identifier: 'urn:se:organisationsnummer:9999999999' },
        ],
        learningOutcomes: ['kör motviktstruck i kyllager'],
        proficiency: { label: { sv: 'avancerad nybörjare' } },
        assuranceLevel: { label: { en: 'third-party assessed' } },
        qualityAssurance: [{ text: 'ISO-standard' }],
        workload: { hours: 24 },
        assessment: { types: [{ text: 'structured-observation' }] },
        participation: { modes: [{ label: { en: 'Workbased' } }] },
      },
    })
    // When to look again is not how long it holds, and a number of one register names nothing to others.
    const { validUntil, awardId } = read.ok ? read.value : {}
    expect([validUntil, awardId]).toEqual([undefined, undefined])
  })

  it('takes no level that its framework does not have', () => {
    const levels = (level: string) => {
      const read = normaliseLearningCredential({ vct: 'VerifiableMicroCredential', level })
      return read.ok && read.value.levels
    }
    expect(levels('EQF-9')).toBeUndefined()
    expect(levels('NLQF-5')).toEqual([{ framework: 'NLQF', level: 5 }])
  })

  it('falls back to the type when there is no title', () => {
    const read = normaliseLearningCredential({ vct: 'https://other.example/type' })
    expect(read).toMatchObject({ ok: true, value: { title: 'https://other.example/type' } })
  })

  it('refuses what has no type', () => {
    expect(normaliseLearningCredential({})).toMatchObject({ ok: false, code: 'vct_missing' })
  })

  it('makes something of the expected form out of anything, and never throws', () => {
    const names = [
      'achievement_title',
      'awarding_body',
      'iat',
      'exp',
      'learning_outcomes',
      'notional_workload',
      'levels',
      'level_of_learning_experience',
      'validation',
      'skills',
      'stackable_towards',
      'fields_of_education',
      'types_of_assessment',
      'learning_setting',
      'integration_stackability_options',
      'language_of_classes',
      'title',
      'awardingBody',
      'identifier',
      'level',
      'notionalWorkload',
      'studyLoadHours',
      'skillOutcome',
      'skillProficiencyLevel',
      'qualityAssuranceLevel',
      'qualityAssuranceMethod',
      'typeOfAssessment',
      'partOfQualification',
      'stackable',
      'gradingScheme',
    ]
    const types = fc.constantFrom(
      'urn:example:any',
      'VerifiableMicroCredential',
      'VerifiableVerifiedSkill',
    )
    const claims = fc.dictionary(fc.constantFrom(...names), fc.jsonValue())
    fc.assert(
      fc.property(claims, types, (payload, vct) => {
        const read = normaliseLearningCredential({ ...payload, vct })
        expect([...validator.Errors(read.ok ? read.value : read)]).toEqual([])
      }),
    )
  })
})
