import { describe, expect, it } from 'vitest'
import { anAwardRecord } from '../../../test/award-records.ts'
import { elmOptions, elmValidation } from '../../../test/elm-documents.ts'
import type { ElmOptions } from './elm-options.ts'
import { projectElm } from './project-elm.ts'

const lossesOf = (record = anAwardRecord(), more: Partial<ElmOptions> = {}) =>
  projectElm(record, { ...elmOptions, ...more }).losses.map(({ code, pointer, claim }) =>
    [code.replace('LOSS_', ''), pointer, claim].filter(Boolean).join(' '),
  )

describe('the losses of a European Digital Credential', () => {
  it('are few for a complete course: who placed it on its levels, and what is kept back', () => {
    expect(lossesOf()).toEqual([
      'NOT_CARRIED /organisation/kind',
      'NOT_CARRIED /achievement/levels/0/basis',
      'NOT_CARRIED /achievement/levels/1/basis',
      'NOT_CARRIED /award/learner/birthDate',
    ])
    expect(lossesOf(anAwardRecord(), { withBirthDate: true })).not.toContain(
      'NOT_CARRIED /award/learner/birthDate',
    )
  })

  it('name what the format demands and the record does not say', () => {
    const { organisation } = anAwardRecord()
    const { identifiers: _, ...nameless } = organisation
    const record = anAwardRecord({
      organisation: { ...nameless, accreditations: [{ type: 'institutional_licence' }] },
      achievement: {
        qualityAssurance: [{ type: 'programme_qa', agent: { legalName: { sv: 'Nämnden' } } }],
      },
    })
    expect(lossesOf(record, { profile: 'accredited' })).toEqual(
      expect.arrayContaining([
        'REQUIRED_CLAIM /organisation/identifiers eIDASIdentifier',
        'REQUIRED_CLAIM /achievement/qualityAssurance evidence',
        'REQUIRED_CLAIM /achievement/qualityAssurance/0/agent/country accreditation',
        'REQUIRED_CLAIM /organisation/accreditations/0/agent/country accreditation',
      ]),
    )
  })

  it('name what is merged: regions of languages, further levels, parts of several wholes', () => {
    const record = anAwardRecord({
      achievement: {
        participation: { modes: ['online'], languages: ['sv-FI', 'en', 'qaa'] },
        levels: [
          { framework: 'EQF', level: 5 },
          { framework: 'EQF', level: 6 },
          { framework: 'NLQF', level: 6 },
        ],
        partOf: [
          { title: { sv: 'A' }, isPartialQualification: true },
          { title: { sv: 'B' }, isPartialQualification: false },
        ],
      },
    })
    expect(lossesOf(record)).toEqual(
      expect.arrayContaining([
        'MERGED /achievement/participation/languages/0 language',
        'NOT_CARRIED /achievement/participation/languages/2',
        'MERGED /achievement/levels/1 eqfLevel',
        'NOT_CARRIED /achievement/levels/2',
        'MERGED /achievement/partOf isPartialQualification',
      ]),
    )
  })

  it('name evidence, validity, matches of skills and limits, which have no place', () => {
    const evidence = [{ kind: 'portfolio' as const, description: { sv: 'Mapp' } }]
    const record = anAwardRecord({
      achievement: {
        credentialValidity: 'P5Y',
        skills: [{ uri: 'https://taxonomy.example.se/1', match: 'close' }],
        qualityAssurance: [
          {
            type: 'programme_qa',
            agent: { legalName: { sv: 'Myndigheten' }, country: 'SE' },
            limits: { jurisdictions: ['SE'] },
          },
        ],
      },
      award: { evidence, validation: { ...elmValidation, evidence, reassessmentOf: 'V-1' } },
    })
    expect(lossesOf(record)).toEqual(
      expect.arrayContaining([
        'NOT_CARRIED /achievement/credentialValidity',
        'NOT_CARRIED /achievement/skills/0/match',
        'NOT_CARRIED /achievement/qualityAssurance/0/limits/jurisdictions',
        'NOT_CARRIED /award/evidence',
        'NOT_CARRIED /award/validation/evidence',
        'NOT_CARRIED /award/validation/reassessmentOf',
      ]),
    )
  })
})
