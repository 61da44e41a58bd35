import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { assessmentTypes, learningModes, supervisionTypes } from './assessment.ts'
import { type CodeList, findConcept } from './code-list.ts'
import { creditFrameworks } from './credits.ts'
import {
  credentialProfiles,
  edcVerificationChecks,
  edcVerificationStatuses,
  entitlementStatuses,
  entitlementTypes,
  evidenceTypes,
} from './digital-credentials.ts'
import { broadFieldsOfEducation, findFieldOfEducation } from './fields-of-education.ts'
import { gradingSchemes } from './grading-schemes.ts'
import {
  learningActivityTypes,
  learningOpportunityTypes,
  learningOutcomeTypes,
  learningSchedules,
  learningSettingConcepts,
  skillReuseLevels,
} from './learning.ts'
import { eqfLevels, findLevelList, seqfLevels } from './levels.ts'
import { qualityAssuranceTypes } from './quality-assurance.ts'

const lists: Record<string, CodeList> = {
  learningSetting: learningSettingConcepts,
  learningActivityType: learningActivityTypes,
  assessmentType: assessmentTypes,
  mode: learningModes,
  supervision: supervisionTypes,
  creditFramework: creditFrameworks,
  credentialProfile: credentialProfiles,
  qualityAssurance: qualityAssuranceTypes,
  entitlementType: entitlementTypes,
  entitlementStatus: entitlementStatuses,
  learningOpportunityType: learningOpportunityTypes,
  learningSchedule: learningSchedules,
  learningOutcomeType: learningOutcomeTypes,
  skillReuseLevel: skillReuseLevels,
  eqf: eqfLevels,
  seqf: seqfLevels,
  edcVerificationCheck: edcVerificationChecks,
  edcVerificationStatus: edcVerificationStatuses,
  evidenceType: evidenceTypes,
  iscedBroadField: broadFieldsOfEducation,
}

describe('the code lists', () => {
  it.for(Object.entries(lists))('have one meaning per code and per URI: %s', ([, { concepts }]) => {
    const names = concepts.flatMap(({ code, uri, aliases = [] }) => [code, uri, ...aliases])
    expect(new Set(names).size).toBe(names.length)
  })

  it('find a value by code, URI and alias, and nothing else', () => {
    const online = 'http://data.europa.eu/snb/learning-assessment/920fbb3cbe'
    expect(findConcept(learningModes, 'online')?.uri).toBe(online)
    expect(findConcept(learningModes, online)?.code).toBe('online')
    expect(findConcept(creditFrameworks, 'hp')?.code).toBe('ects')
    expect(findConcept(learningModes, 'Online')).toBeUndefined()
    expect(findConcept(learningModes, 'constructor')).toBeUndefined()
    expect(findLevelList('constructor')).toBeUndefined()
  })

  it('tell fields of education by the pattern of their code', () => {
    expect(findFieldOfEducation('0688')?.uri).toBe('http://data.europa.eu/snb/isced-f/0688')
    expect(findFieldOfEducation('http://data.europa.eu/snb/isced-f/06')?.code).toBe('06')
    expect(findFieldOfEducation('9999')?.labels.en).toBe('Field unknown')
    for (const wrong of ['6', '688x', '12345', '55', '', 'http://data.europa.eu/snb/isced-f/'])
      expect(findFieldOfEducation(wrong), wrong).toBeUndefined()
  })

  it('have grading scales whose passing grade is one of theirs', () => {
    for (const { values, passing } of gradingSchemes) expect(values).toContain(passing)
  })
})

const source = join(
  import.meta.dirname,
  '../../../../../shared/elm/codelists/curated-codes.sv-en.json',
)

describe.skipIf(!existsSync(source))('the curated source', () => {
  const curated: Record<
    string,
    { scheme: string; edcMandatory: boolean; concepts: { uri: string; sv: string; en: string }[] }
  > = existsSync(source) ? JSON.parse(readFileSync(source, 'utf8')) : {}

  it.for(Object.entries(curated))(
    'agrees with ours: %s',
    ([name, { scheme, edcMandatory, concepts }]) => {
      const list = lists[name]
      expect(list?.scheme).toBe(scheme)
      if (edcMandatory) expect(list?.isClosed).toBe(true)
      for (const { uri, sv, en } of concepts) {
        const ours = list && findConcept(list, uri)
        expect(ours, uri).toBeDefined()
        // The one concept whose label is in doubt is read, and never written (domain.md section 2).
        if (ours?.uri === uri) expect(ours.labels).toEqual({ sv, en })
      }
    },
  )
})
