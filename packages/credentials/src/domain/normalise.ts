import { assessmentTypes, learningModes, supervisionTypes } from '../code-lists/assessment.ts'
import { type CodeList, findConcept, toConceptUri } from '../code-lists/code-list.ts'
import { creditFrameworks } from '../code-lists/credits.ts'
import { findFieldOfEducation } from '../code-lists/fields-of-education.ts'
import { findGradingScheme } from '../code-lists/grading-schemes.ts'
import {
  learningActivityTypes,
  learningOutcomeTypes,
  learningSettingConcepts,
  skillReuseLevels,
} from '../code-lists/learning.ts'
import { findLevelList } from '../code-lists/levels.ts'
import { qualityAssuranceTypes } from '../code-lists/quality-assurance.ts'
import {
  type AchievementContent,
  type AchievementDraft,
  type LearningSetting,
  learningSettings,
} from './achievement.ts'
import type { Award, AwardDraft } from './award.ts'
import type { GradingScheme, LearningOutcome, Level, Participation, Workload } from './learning.ts'
import type { OrganisationDraft, QualityAssurance } from './organisation.ts'

/**
 * The stored form of a definition: codes become URIs, outcomes get ids, the grading scale is written out.
 * Check it with {@link checkAchievement} first; unknown codes stay as they are.
 */
export function normaliseAchievement(draft: AchievementDraft): AchievementContent {
  const { learningOutcomes, workload, levels, assessment, fields, ...rest } = draft
  return {
    ...rest,
    learningOutcomes: normaliseOutcomes(learningOutcomes),
    ...(workload && { workload: normaliseWorkload(workload) }),
    ...(levels && { levels: levels.map(normaliseLevel) }),
    assessment: normaliseAssessment(assessment),
    participation: normaliseParticipation(draft.participation),
    setting: normaliseSetting(draft.setting),
    qualityAssurance: draft.qualityAssurance.map(normaliseQualityAssurance),
    ...(fields && { fields: fields.map((field) => findFieldOfEducation(field)?.uri ?? field) }),
  }
}

/** The stored form of an award; a grade without a scale takes the definition's. */
export function normaliseAward(
  draft: AwardDraft,
  achievement: AchievementContent,
): Omit<Award, 'id'> {
  const { result, assessments, ...rest } = draft
  const scheme = findScheme(result?.scheme) ?? achievement.assessment.gradingScheme
  return {
    ...rest,
    ...(result && {
      result: {
        grade: result.grade,
        ...(result.label && { label: result.label }),
        ...(scheme && { scheme }),
      },
    }),
    ...(assessments && {
      assessments: assessments.map(({ types, mode, supervision, ...more }) => ({
        ...more,
        types: toUris(assessmentTypes, types),
        ...(mode && { mode: toConceptUri(learningModes, mode) }),
        ...(supervision && { supervision: toConceptUri(supervisionTypes, supervision) }),
      })),
    }),
  }
}

/** The stored form of an organisation. */
export const normaliseOrganisation = (draft: OrganisationDraft): OrganisationDraft => ({
  ...draft,
  ...(draft.accreditations && {
    accreditations: draft.accreditations.map(normaliseQualityAssurance),
  }),
})

const toUris = (list: CodeList, values: readonly string[]) =>
  values.map((value) => toConceptUri(list, value))

function normaliseOutcomes(outcomes: readonly LearningOutcome[]): LearningOutcome[] {
  const taken = new Set(outcomes.map(({ id }) => id))
  let number = 0
  const nextId = (): string => {
    do number++
    while (taken.has(`lo-${number}`))
    return `lo-${number}`
  }
  return outcomes.map(({ id, type, reuseLevel, ...outcome }) => ({
    id: id ?? nextId(),
    ...outcome,
    ...(type && { type: toConceptUri(learningOutcomeTypes, type) }),
    ...(reuseLevel && { reuseLevel: toConceptUri(skillReuseLevels, reuseLevel) }),
  }))
}

const normaliseWorkload = ({ hours, credits }: Workload): Workload => ({
  ...(hours !== undefined && { hours }),
  ...(credits && {
    credits: credits.map(({ framework, value }) => ({
      framework: toConceptUri(creditFrameworks, framework),
      value,
    })),
  }),
})

function normaliseLevel(level: Level): Level {
  const list = findLevelList(level.framework)
  const concept = list && findConcept(list, String(level.level))
  if (!concept) return level
  const framework = level.framework.toLowerCase() === 'eqf' ? 'EQF' : 'SeQF'
  return { ...level, framework, uri: concept.uri }
}

function normaliseAssessment({
  types,
  modes,
  supervision,
  gradingScheme,
  ...rest
}: AchievementDraft['assessment']): AchievementContent['assessment'] {
  const scheme = findScheme(gradingScheme)
  return {
    ...rest,
    types: toUris(assessmentTypes, types),
    ...(modes && { modes: toUris(learningModes, modes) }),
    ...(supervision && { supervision: toConceptUri(supervisionTypes, supervision) }),
    ...(scheme && { gradingScheme: scheme }),
  }
}

const normaliseParticipation = ({
  modes,
  activityTypes,
  ...rest
}: Participation): Participation => ({
  ...rest,
  modes: toUris(learningModes, modes),
  ...(activityTypes && { activityTypes: toUris(learningActivityTypes, activityTypes) }),
})

function normaliseSetting(setting: AchievementDraft['setting']): LearningSetting {
  const code = findConcept(learningSettingConcepts, setting)?.code ?? setting
  return learningSettings.find((known) => known === code) ?? 'non_formal'
}

const normaliseQualityAssurance = (assurance: QualityAssurance): QualityAssurance => ({
  ...assurance,
  type: toConceptUri(qualityAssuranceTypes, assurance.type),
})

const findScheme = (scheme: string | GradingScheme | undefined): GradingScheme | undefined =>
  typeof scheme === 'string' ? findGradingScheme(scheme) : scheme
