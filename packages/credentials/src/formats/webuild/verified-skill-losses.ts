import type { AwardRecord } from '../../domain/award.ts'
import type { Agent } from '../../domain/organisation.ts'
import type { Loss } from '../loss.ts'
import { findAssurance } from './assurance.ts'
import { findMergedLanguage, findMissing, findUncarried, toLosses } from './common-losses.ts'
import { findAgentDetails, findAssuranceDetails, present } from './detail-losses.ts'
import { findLanguageLosses, type Speaker } from './speaker.ts'

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
  speaker: Speaker,
): Loss[] => [
  ...findMissing(claims, demands),
  ...findLanguageLosses(record, speaker),
  ...findMergedLanguage(record),
  ...toLosses([...findForbidden(record, claims), ...findUncarried(record)]),
]

/** Of a validation: what its claim says nothing of. */
const untold = ['steps', 'model', 'priorLearning', 'complementNeeded', 'reassessmentOf'] as const

/** One assessor and one day are told, by name and date alone. */
const findUntoldAssessment = (
  { award: { validation, assessments = [] } }: AwardRecord,
  { assessmentDate }: Readonly<Record<string, unknown>>,
  told: Agent | undefined,
): string[] => [
  ...present('/award/validation', validation, untold),
  ...(validation?.assessors ?? []).flatMap(({ organisation }, at) =>
    findAgentDetails(`/award/validation/assessors/${at}/organisation`, organisation),
  ),
  ...assessments.flatMap(({ assessedOn, assessedBy = [] }, at) => [
    ...(assessedOn && assessedOn !== assessmentDate ? [`/award/assessments/${at}/assessedOn`] : []),
    ...assessedBy.flatMap((agent, of) => {
      const pointer = `/award/assessments/${at}/assessedBy/${of}`
      return agent === told ? findAgentDetails(pointer, agent) : [pointer]
    }),
  ]),
]

/** What belongs to formal education, and the rulebook keeps out of a verified skill. */
function findForbidden(record: AwardRecord, claims: Readonly<Record<string, unknown>>): string[] {
  const { achievement } = record
  const { workload, levels = [], qualityAssurance } = achievement
  const { told, assessor } = findAssurance(record)
  return [
    ...(levels.length > 0 ? ['/achievement/levels'] : []),
    ...(workload?.credits ? ['/achievement/workload/credits'] : []),
    ...(workload?.hours !== undefined && claims.studyLoadHours === undefined
      ? ['/achievement/workload/hours']
      : []),
    ...present('/achievement', achievement, ['prerequisites', 'stacking', 'partOf', 'fields']),
    ...qualityAssurance.flatMap((one, at) => {
      const pointer = `/achievement/qualityAssurance/${at}`
      return one === told ? findAssuranceDetails(pointer, one) : [pointer]
    }),
    ...findUntoldAssessment(record, claims, assessor),
  ]
}
