import type { AwardRecord } from '../../domain/award.ts'
import type { LanguageMap } from '../../domain/text.ts'
import { type Loss, loss } from '../loss.ts'

/** What an Open Badge leaves out of this record, or carries as text alone (domain.md 3.3). */
export const findOpenBadgeLosses = (record: AwardRecord): Loss[] => [
  ...(record.achievement.description
    ? []
    : [loss('LOSS_REQUIRED_CLAIM', '/achievement/description', 'achievement.description')]),
  ...findLanguageLosses(record),
  ...findMerged(record),
  ...findUncarried(record),
]

type Text = readonly [pointer: string, claim: string, text: LanguageMap | undefined]

/** One badge, one language: the others are badges of their own. */
function findLanguageLosses({ achievement, organisation }: AwardRecord): Loss[] {
  const texts: readonly Text[] = [
    ['/organisation/legalName', 'issuer.name', organisation.legalName],
    ['/achievement/title', 'achievement.name', achievement.title],
    ['/achievement/description', 'achievement.description', achievement.description],
    ['/achievement/prerequisites', 'criteria.narrative', achievement.prerequisites],
    ['/achievement/furtherInformation', 'criteria.narrative', achievement.furtherInformation],
    [
      '/achievement/assessment/description',
      'criteria.narrative',
      achievement.assessment.description,
    ],
    ...achievement.learningOutcomes.map(
      ({ title }, index): Text => [
        `/achievement/learningOutcomes/${index}/title`,
        'achievement.alignment',
        title,
      ],
    ),
  ]
  return texts
    .filter(([, , text]) => Object.keys(text ?? {}).length > 1)
    .map(([pointer, claim]) => loss('LOSS_LANGUAGE', pointer, claim))
}

/** Carried, but no longer to be told apart by a machine. */
function findMerged({ achievement, award }: AwardRecord): Loss[] {
  const { prerequisites, furtherInformation, assessment, targetGroups } = achievement
  const merged: readonly (readonly [string, string, unknown])[] = [
    ['/achievement/prerequisites', 'criteria.narrative', prerequisites],
    ['/achievement/furtherInformation', 'criteria.narrative', furtherInformation],
    ['/achievement/assessment/description', 'criteria.narrative', assessment.description],
    ['/achievement/targetGroups', 'achievement.tag', targetGroups],
    ['/achievement/stacking/kind', 'achievement.alignment', achievement.stacking],
    ['/award/validation', 'evidence.narrative', award.validation],
    ...(award.evidence ?? []).map(
      ({ digest, heldBy }, index) =>
        [`/award/evidence/${index}`, 'evidence.narrative', digest ?? heldBy] as const,
    ),
    ...achievement.learningOutcomes.map(
      ({ skills }, index) =>
        [
          `/achievement/learningOutcomes/${index}/skills`,
          'achievement.alignment',
          skills?.length ? skills : undefined,
        ] as const,
    ),
  ]
  return merged
    .filter(([, , value]) => value !== undefined)
    .map(([pointer, claim]) => loss('LOSS_MERGED', pointer, claim))
}

function findUncarried({ achievement, award }: AwardRecord): Loss[] {
  const { participation, assessment, qualityAssurance, learningOutcomes } = achievement
  const details = qualityAssurance.some(
    ({ agent, reference, title }) => agent || reference || title,
  )
  const uncarried: readonly (readonly [string, unknown])[] = [
    ['/achievement/cycle', achievement.cycle],
    ['/achievement/partOf', achievement.partOf],
    ['/achievement/credentialValidity', achievement.credentialValidity],
    ['/achievement/assessment/modes', assessment.modes],
    ['/achievement/participation/activityTypes', participation.activityTypes],
    ['/achievement/participation/place', participation.place],
    ['/achievement/qualityAssurance', details || undefined],
    ...learningOutcomes.map(
      ({ type, reuseLevel }, index) =>
        [`/achievement/learningOutcomes/${index}/type`, type ?? reuseLevel] as const,
    ),
    ['/award/awardingBodies', award.awardingBodies?.[1]],
    ['/award/homepage', award.homepage],
    ['/award/proficiency', award.proficiency],
    ...(award.components ?? []).map(
      ({ credits }, index) => [`/award/components/${index}/credits`, credits] as const,
    ),
    ['/award/learner/birthDate', award.learner.birthDate],
    ['/award/result/label', award.result?.label],
    // Types and supervision are alignments; when, where and by whom are not.
    ...(award.assessments ?? []).map(
      ({ mode, assessedBy, assessedOn, place, language }, index) =>
        [
          `/award/assessments/${index}`,
          mode ?? assessedBy ?? assessedOn ?? place ?? language,
        ] as const,
    ),
  ]
  return uncarried
    .filter(([, value]) => value !== undefined)
    .map(([pointer]) => loss('LOSS_NOT_CARRIED', pointer))
}
