import type { AwardRecord } from '../../domain/award.ts'
import type { Loss } from '../loss.ts'
import { findAssurance } from './assurance.ts'
import {
  findLanguageLosses,
  findMergedLanguage,
  findMissing,
  findUncarried,
  present,
  toLosses,
} from './common-losses.ts'

/** VS-IR-01: what must be there, as far as an award can lack it. */
const demands = {
  givenName: '/award/learner/givenName',
  skillProficiencyLevel: '/award/proficiency',
  typeOfAssessment: '/achievement/assessment/types',
  qualityAssuranceMethod: '/achievement/qualityAssurance',
  qualityAssuranceLevel: '/achievement/qualityAssurance',
} as const

/** What `VerifiableVerifiedSkill` leaves out of this record, given the claims made of it. */
export const findVerifiedSkillLosses = (
  record: AwardRecord,
  claims: Readonly<Record<string, unknown>>,
): Loss[] => [
  ...findMissing(claims, demands),
  ...findLanguageLosses(record, 'skillOutcome'),
  ...findMergedLanguage(record),
  ...toLosses([...findForbidden(record, claims), ...findUncarried(record)]),
]

/** Of a validation: what its claim says nothing of. */
const untold = ['model', 'priorLearning', 'complementNeeded', 'reassessmentOf'] as const

/** What belongs to formal education, and the rulebook keeps out of a verified skill. */
function findForbidden(record: AwardRecord, claims: Readonly<Record<string, unknown>>): string[] {
  const { achievement, award } = record
  const { workload, levels = [], qualityAssurance } = achievement
  const { told } = findAssurance(record)
  return [
    ...(levels.length > 0 ? ['/achievement/levels'] : []),
    ...(workload?.credits ? ['/achievement/workload/credits'] : []),
    ...(workload?.hours !== undefined && claims.studyLoadHours === undefined
      ? ['/achievement/workload/hours']
      : []),
    ...present('/achievement', achievement, ['prerequisites', 'stacking', 'partOf', 'fields']),
    ...(award.validation ? present('/award/validation', award.validation, untold) : []),
    ...qualityAssurance.flatMap((one, at) =>
      one === told ? [] : [`/achievement/qualityAssurance/${at}`],
    ),
  ]
}
