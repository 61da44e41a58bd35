import type { AwardRecord } from '../domain/award.ts'
import type { LanguageMap } from '../domain/text.ts'
import { type Loss, loss } from './loss.ts'

/** What the EUDI learning credential leaves out of this record, given the claims made of it. */
export const findLosses = (
  record: AwardRecord,
  claims: Readonly<Record<string, unknown>>,
): Loss[] => [
  ...findMissingClaims(claims),
  ...findLanguageLosses(record),
  ...(record.achievement.stacking?.kind === 'integrated'
    ? [loss('LOSS_MERGED', '/achievement/stacking/kind', 'integration_stackability_options')]
    : []),
  ...findUncarried(record),
]

/** Claims the type requires and where their value would have come from. */
const required = {
  language_of_classes: '/achievement/participation/languages',
  expected_study_time: '/achievement/workload',
  level_of_learning_experience: '/achievement/levels',
} as const

const findMissingClaims = (claims: Readonly<Record<string, unknown>>): Loss[] =>
  Object.entries(required)
    .filter(([claim]) => claims[claim] === undefined)
    .map(([claim, pointer]) => loss('LOSS_REQUIRED_CLAIM', pointer, claim))

function findLanguageLosses({ achievement, organisation }: AwardRecord): Loss[] {
  const outcomes = achievement.learningOutcomes.map(({ title }, index): Text => {
    return [`/achievement/learningOutcomes/${index}/title`, 'learning_outcomes', title]
  })
  const texts: Text[] = [
    ['/organisation/legalName', 'issuing_authority', organisation.legalName],
    ['/achievement/title', 'achievement_title', achievement.title],
    ['/achievement/description', 'achievement_description', achievement.description],
    ['/achievement/prerequisites', 'prerequisites_to_enroll', achievement.prerequisites],
    ['/achievement/furtherInformation', 'further_information', achievement.furtherInformation],
    ...outcomes,
  ]
  return texts
    .filter(([, , text]) => Object.keys(text ?? {}).length > 1)
    .map(([pointer, claim]) => loss('LOSS_LANGUAGE', pointer, claim))
}

type Text = readonly [pointer: string, claim: string, text: LanguageMap | undefined]

const achievementMembers = [
  'cycle',
  'partOf',
  'targetGroups',
  'credentialValidity',
  'homepage',
  'identifiers',
] as const

const awardMembers = ['evidence', 'activity', 'homepage', 'proficiency'] as const

function findUncarried({ achievement, award }: AwardRecord): Loss[] {
  const pointers = [
    ...achievementMembers
      .filter((name) => achievement[name] !== undefined)
      .map((name) => `/achievement/${name}`),
    ...awardMembers.filter((name) => award[name] !== undefined).map((name) => `/award/${name}`),
    ...(award.learner.birthDate ? ['/award/learner/birthDate'] : []),
    ...(achievement.assessment.modes ? ['/achievement/assessment/modes'] : []),
    ...(achievement.assessment.description ? ['/achievement/assessment/description'] : []),
    ...(achievement.participation.activityTypes
      ? ['/achievement/participation/activityTypes']
      : []),
    ...(achievement.qualityAssurance.some(({ agent, reference }) => agent || reference)
      ? ['/achievement/qualityAssurance']
      : []),
  ]
  return pointers.map((pointer) => loss('LOSS_NOT_CARRIED', pointer))
}
