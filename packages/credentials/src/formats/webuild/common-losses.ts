import type { AwardRecord } from '../../domain/award.ts'
import { type Loss, loss } from '../loss.ts'
import { findSkillDetails, present } from './detail-losses.ts'
import { findAssessmentLanguage, listAssessmentTypes } from './project-common.ts'

/** A claim that must be there, and where its value would have come from. */
export type Demands = Readonly<Record<string, string>>

export const findMissing = (claims: Readonly<Record<string, unknown>>, demands: Demands): Loss[] =>
  Object.entries(demands)
    .filter(([claim]) => claims[claim] === undefined)
    .map(([claim, pointer]) => loss('LOSS_REQUIRED_CLAIM', pointer, claim))

/** One claim for the language of the assessment and that of instruction, which stands in for one nobody told. */
export const findMergedLanguage = (record: AwardRecord): Loss[] =>
  findAssessmentLanguage(record) !== undefined ||
  record.achievement.participation.languages.length > 0
    ? [loss('LOSS_MERGED', '/achievement/participation/languages', 'languageOfAssessment')]
    : []

export const toLosses = (pointers: readonly string[]): Loss[] =>
  pointers.map((pointer) => loss('LOSS_NOT_CARRIED', pointer))

/** Pointers to all but the first of a list: the types have one value where we have several. */
export const beyondFirst = (pointer: string, list: readonly unknown[] = []): string[] =>
  list.slice(1).map((_, at) => `${pointer}/${at + 1}`)

const achievementMembers = [
  'description',
  'cycle',
  'targetGroups',
  'credentialValidity',
  'homepage',
  'identifiers',
] as const
const awardMembers = ['activity', 'homepage', 'components'] as const

/** What neither type has room for. */
export function findUncarried(record: AwardRecord): string[] {
  const { achievement, award, creator } = record
  const { assessment, participation } = achievement
  const types = new Set([...assessment.types, ...listAssessmentTypes(record)])
  const hasPlace = award.assessments?.some(({ place, mode }) => place ?? mode)
  return [
    ...present('/achievement', achievement, achievementMembers),
    ...present('/award', award, awardMembers),
    ...present('/award/learner', award.learner, ['birthDate', 'externalId']),
    ...(award.result?.label ? ['/award/result/label'] : []),
    ...present('/achievement/assessment', assessment, ['modes', 'description']),
    ...present('/achievement/participation', participation, ['place']),
    ...(award.assessments ?? []).flatMap(({ language }, at) =>
      language && language !== findAssessmentLanguage(record)
        ? [`/award/assessments/${at}/language`]
        : [],
    ),
    ...(hasPlace ? ['/award/assessments'] : []),
    ...(types.size > 1 ? ['/achievement/assessment/types'] : []),
    ...beyondFirst('/achievement/participation/modes', participation.modes),
    ...beyondFirst('/achievement/participation/activityTypes', participation.activityTypes),
    ...beyondFirst('/achievement/participation/languages', participation.languages),
    ...beyondFirst('/award/awardingBodies', award.awardingBodies),
    ...(award.awardingBodies?.[0]?.country ? ['/award/awardingBodies/0/country'] : []),
    ...achievement.learningOutcomes.flatMap((outcome, at) =>
      present(`/achievement/learningOutcomes/${at}`, outcome, ['type', 'reuseLevel']),
    ),
    ...findSkillDetails(record),
    ...(creator ? ['/creator'] : []),
  ]
}
