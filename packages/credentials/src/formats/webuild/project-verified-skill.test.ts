import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anAwardRecord } from '../../../test/award-records.ts'
import {
  aSkill,
  expectCommon,
  issuer,
  project,
  readBack,
  skillAwards,
  validation,
} from '../../../test/rulebook-awards.ts'
import { projectVerifiedSkill } from './project-verified-skill.ts'

describe('VerifiableVerifiedSkill', () => {
  it('comes back with what its losses do not name, and never with a level or credits', () => {
    fc.assert(
      fc.property(skillAwards, (record) => {
        const { achievement, award } = record
        const back = readBack(record, 'webuild_verified_skill')
        expectCommon(record, back)
        const { read, lost } = back
        expect(read.proficiency?.uri).toBe(
          `urn:mikromerit:proficiency:${award.proficiency?.replaceAll('_', '-')}`,
        )
        expect(read.assuranceLevel?.uri).toMatch(/self-asserted$/)
        expect(read.setting?.label?.en).toBe(
          achievement.setting === 'informal' ? 'informal learning' : 'non-formal learning',
        )
        expect(read.workload?.hours).toBe(achievement.workload?.hours)
        expect([read.workload?.credits, read.levels, read.fields]).toEqual([
          undefined,
          undefined,
          undefined,
        ])
        expect(lost('/achievement/levels')).toBe((achievement.levels?.length ?? 0) > 0)
        expect(lost('/achievement/workload/credits')).toBe(
          achievement.workload?.credits !== undefined,
        )
        expect(lost('/achievement/fields')).toBe(achievement.fields !== undefined)
        expect(lost('/achievement/prerequisites')).toBe(achievement.prerequisites !== undefined)
      }),
      { numRuns: 60 },
    )
  })

  it('holds nothing that says EQF or ECTS', () => {
    const text = JSON.stringify(project(aSkill(), 'webuild_verified_skill').claims)
    expect(text).not.toMatch(/EQF|ECTS/)
  })

  it('refuses formal education, recognised or taught', () => {
    for (const award of [{}, { validation }])
      expect(projectVerifiedSkill(anAwardRecord({ award }), { issuer })).toMatchObject({
        ok: false,
        code: 'award_formal',
      })
  })

  it('reports a proficiency nobody assessed, and invents none', () => {
    const { proficiency: _, ...award } = aSkill().award
    const { claims, losses } = project({ ...aSkill(), award }, 'webuild_verified_skill')
    expect(claims).not.toHaveProperty('skillProficiencyLevel')
    expect(losses).toContainEqual(
      expect.objectContaining({ code: 'LOSS_REQUIRED_CLAIM', pointer: '/award/proficiency' }),
    )
  })

  it('shows a validation to everybody, and names no person', () => {
    const assessors = [{ name: 'Bo Bedömare', role: { sv: 'yrkesbedömare' } }]
    const record = aSkill({ award: { validation: { ...validation, assessors } } })
    const { claims, disclosable } = project(record, 'webuild_verified_skill')
    expect(disclosable).not.toContain('validation')
    expect(claims).toMatchObject({
      assessmentDate: '2026-05-20',
      assessor: { name: 'Exempeluniversitetet' },
    })
    expect(JSON.stringify(claims)).not.toContain('Bo Bedömare')
    expect(readBack(record, 'webuild_verified_skill').read.validation).toMatchObject({
      standard: 'Branschstandard för lagerarbete (2025)',
      methods: ['interview'],
    })
  })

  const outside = { legalName: { sv: 'Branschnämnden' } }
  it.each([
    [
      'an audit by another body',
      'audited-assessment',
      {
        qualityAssurance: [{ type: 'programme_licence', agent: outside, decidedOn: '2024-01-01' }],
      },
      {},
    ],
    [
      'an audit that had run out',
      'self-asserted',
      {
        qualityAssurance: [
          {
            type: 'programme_licence',
            agent: outside,
            decidedOn: '2024-01-01',
            expiresOn: '2026-01-01',
          },
        ],
      },
      {},
    ],
    [
      'an audit without a decision',
      'self-asserted',
      { qualityAssurance: [{ type: 'programme_licence', agent: outside }] },
      {},
    ],
    [
      'an audit by itself',
      'self-asserted',
      {
        qualityAssurance: [
          {
            type: 'programme_qa',
            agent: { legalName: { sv: 'EXEMPELUNIVERSITETET ' } },
            decidedOn: '2024-01-01',
          },
        ],
      },
      {},
    ],
    [
      'assessors from elsewhere',
      'third-party-assessed',
      { qualityAssurance: [{ type: 'programme_qa' }] },
      {
        validation: {
          ...validation,
          assessors: [{ role: { sv: 'bedömare' }, organisation: outside }],
        },
      },
    ],
    [
      'nothing but its own word',
      'self-asserted',
      { qualityAssurance: [{ type: 'programme_qa' }] },
      {},
    ],
    ['nothing at all', undefined, { qualityAssurance: [] }, {}],
  ])('with %s is %s', (_, level, achievement, award) => {
    const { claims, losses } = project(aSkill({ achievement, award }), 'webuild_verified_skill')
    expect(claims.qualityAssuranceLevel).toBe(level)
    expect(losses.some(({ claim }) => claim === 'qualityAssuranceLevel')).toBe(level === undefined)
  })
})
