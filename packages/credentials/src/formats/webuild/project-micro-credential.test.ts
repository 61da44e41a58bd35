import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anAwardRecord } from '../../../test/award-records.ts'
import {
  expectCommon,
  formalAwards,
  issuer,
  project,
  readBack,
  urisOf,
  validation,
} from '../../../test/rulebook-awards.ts'
import { projectMicroCredential } from './project-micro-credential.ts'

describe('VerifiableMicroCredential', () => {
  it('comes back with what its losses do not name', () => {
    fc.assert(
      fc.property(formalAwards, (record) => {
        const { achievement } = record
        const back = readBack(record, 'webuild_micro_credential')
        expectCommon(record, back)
        const { read, lost } = back
        expect(read.setting?.uri).toMatch(/6fd4685715$/)
        expect(read.levels?.map(({ level }) => level)).toEqual(
          achievement.levels?.map(({ level }) => level),
        )
        expect(urisOf(read.fields)).toEqual(achievement.fields)
        expect(read.prerequisites?.[0]).toBe(achievement.prerequisites?.sv)
        const { hours, credits } = achievement.workload ?? {}
        expect(read.workload?.credits?.map(({ value }) => value)).toEqual(
          credits?.map(({ value }) => value),
        )
        expect(read.workload?.hours).toBe(credits ? undefined : hours)
        expect(lost('/achievement/workload/hours')).toBe(
          credits !== undefined && hours !== undefined,
        )
        expect(lost('/achievement/workload')).toBe(achievement.workload === undefined)
      }),
      { numRuns: 60 },
    )
  })

  it.each([
    ['award_not_formal', { achievement: { setting: 'non_formal' as const } }],
    ['award_not_formal', { achievement: { setting: 'informal' as const }, award: { validation } }],
    ['award_of_validation', { award: { validation } }],
  ])('refuses with %s', (code, changes) => {
    expect(projectMicroCredential(anAwardRecord(changes), { issuer })).toMatchObject({
      ok: false,
      code,
    })
  })

  it('writes levels, workload and codes as the rulebook does', () => {
    const { claims } = project(anAwardRecord(), 'webuild_micro_credential')
    expect(claims).toMatchObject({
      attestation_legal_category: 'non-qualified-EAA',
      level: 'EQF-6',
      nationalQualificationsFrameworkLevel: 'SeQF-6',
      notionalWorkload: { value: 3, unit: 'ECTS' },
      typeOfAssessment: 'project-assessment',
      formOfParticipation: 'online',
      idVerificationMethod: 'supervised-with-identity-verification',
      qualityAssurance: 'institutional-quality-assurance',
      accreditation: {
        type: 'institutional-quality-assurance',
        accreditingAgent: 'Universitetskanslersämbetet',
        decisionDate: '2024-03-12',
      },
      fieldOfEducation: '0688',
      stackable: true,
      partOfQualification: 'Kandidatprogrammet i affärsutveckling',
      rulebookVersion: '0.2',
    })
    expect(claims).not.toHaveProperty('category')
  })

  it('never turns other credits into ECTS', () => {
    const workload = { credits: [{ framework: 'yhp', value: 20 }] }
    const { claims, losses } = project(
      anAwardRecord({ achievement: { workload } }),
      'webuild_micro_credential',
    )
    expect(claims).not.toHaveProperty('notionalWorkload')
    expect(losses.map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining(['/achievement/workload', '/achievement/workload/credits/0']),
    )
  })
})
