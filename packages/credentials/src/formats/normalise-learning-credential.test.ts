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
        workload: { text: '3 ECTS' },
        levels: [{ framework: 'EQF', level: 4 }],
        result: { grade: 'G', scheme: 'U–G' },
      },
    })
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
    ]
    const claims = fc.dictionary(fc.constantFrom(...names), fc.jsonValue())
    fc.assert(
      fc.property(claims, (payload) => {
        const read = normaliseLearningCredential({ ...payload, vct: 'urn:example:any' })
        expect([...validator.Errors(read.ok ? read.value : read)]).toEqual([])
      }),
    )
  })
})
