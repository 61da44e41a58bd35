import { assessmentTypes, learningModes, supervisionTypes } from '../code-lists/assessment.ts'
import { findConcept } from '../code-lists/code-list.ts'
import { findFieldOfEducation } from '../code-lists/fields-of-education.ts'
import { findGradingScheme } from '../code-lists/grading-schemes.ts'
import { learningActivityTypes } from '../code-lists/learning.ts'
import { qualityAssuranceTypes } from '../code-lists/quality-assurance.ts'
import { checkStackingRules } from '../stacking/check-rules.ts'
import type { AchievementDraft } from './achievement.ts'
import { checkCode, checkCodes } from './check-codes.ts'
import { checkLevels } from './check-levels.ts'
import { checkOutcomes } from './check-outcomes.ts'
import { checkTexts } from './check-texts.ts'
import { checkWorkload } from './check-workload.ts'
import type { Finding } from './finding.ts'
import { finding } from './finding-messages.ts'

/**
 * All rules on a definition (domain.md section 8), errors, warnings and hints. The schema has been
 * checked before; a definition with an error is refused.
 * @param today the day in Sweden, for what depends on it
 */
export const checkAchievement = (draft: AchievementDraft, today?: string): Finding[] => [
  ...checkTexts(draft),
  ...checkTitle(draft),
  ...checkOutcomes(draft),
  ...checkWorkload(draft),
  ...checkLevels(draft),
  ...checkAssessment(draft),
  ...checkParticipation(draft),
  ...checkQualityAssurance(draft, today),
  ...checkValidity(draft),
  ...checkFields(draft.fields, 'fields'),
  ...checkStackingRules(draft.stackingRules),
  ...(draft.stacking?.kind === 'stackable' && !draft.stacking.towards?.length
    ? [finding('STACK_TARGET_MISSING', 'stacking')]
    : []),
]

function checkTitle({ title }: AchievementDraft): Finding[] {
  const texts = Object.values(title)
  if (texts.every((text) => text.trim() === '')) return [finding('TITLE_MISSING', 'title')]
  const findings = texts.some((text) => text.length > 120) ? [finding('TITLE_LONG', 'title')] : []
  return title.sv && title.en
    ? findings
    : [...findings, finding('TITLE_LANGUAGE_SV_OR_EN', 'title')]
}

function checkAssessment({ assessment }: AchievementDraft): Finding[] {
  const { types, modes, supervision, gradingScheme: scheme } = assessment
  const findings = [
    ...checkCodes(assessmentTypes, types, 'assessment', 'types'),
    ...checkCodes(learningModes, modes, 'assessment', 'modes'),
    ...checkCode(supervisionTypes, supervision, 'assessment', 'supervision'),
  ]
  if (types.length === 0) findings.push(finding('ASSESSMENT_MISSING', 'assessment', 'types'))
  const isAttendance = (type: string) => findConcept(assessmentTypes, type)?.code === 'attendance'
  if (types.length > 0 && types.every(isAttendance))
    findings.push(finding('ASSESSMENT_ATTENDANCE_ONLY', 'assessment', 'types'))
  if (!supervision) findings.push(finding('SUPERVISION_MISSING', 'assessment'))
  if (typeof scheme === 'string' && !findGradingScheme(scheme))
    findings.push(finding('CODE_UNKNOWN', 'assessment', 'gradingScheme'))
  if (typeof scheme === 'object' && !scheme.values.includes(scheme.passing))
    findings.push(finding('GRADE_NOT_IN_SCHEME', 'assessment', 'gradingScheme', 'passing'))
  return findings
}

function checkParticipation({ participation, setting }: AchievementDraft): Finding[] {
  const { modes, activityTypes, languages } = participation
  const findings = [
    ...checkCodes(learningModes, modes, 'participation', 'modes'),
    ...checkCodes(learningActivityTypes, activityTypes, 'participation', 'activityTypes'),
  ]
  // Informal learning is only ever validated: nobody took part in anything.
  if (modes.length === 0 && setting !== 'informal')
    findings.push(finding('PARTICIPATION_MISSING', 'participation', 'modes'))
  if (languages.length === 0)
    findings.push(finding('LANGUAGE_OF_INSTRUCTION_MISSING', 'participation', 'languages'))
  return findings
}

function checkQualityAssurance(
  { qualityAssurance }: AchievementDraft,
  today: string | undefined,
): Finding[] {
  if (qualityAssurance.length === 0) return [finding('QA_MISSING', 'qualityAssurance')]
  return qualityAssurance.flatMap(({ type, limits, expiresOn }, index) => [
    ...(today && expiresOn && expiresOn < today
      ? [finding('QA_LAPSED', 'qualityAssurance', index, 'expiresOn')]
      : []),
    ...checkCode(qualityAssuranceTypes, type, 'qualityAssurance', index, 'type'),
    ...checkFields(limits?.fields, 'qualityAssurance', index, 'limits', 'fields'),
  ])
}

/** Months of an ISO 8601 duration, roughly. */
const countMonths = (duration: string) =>
  [...duration.matchAll(/(\d+)([YMD])/g)].reduce(
    (months, [, count, unit]) =>
      months + Number(count) * (unit === 'Y' ? 12 : unit === 'M' ? 1 : 1 / 30),
    0,
  )

const checkValidity = ({ credentialValidity }: AchievementDraft): Finding[] =>
  credentialValidity !== undefined && countMonths(credentialValidity) < 6
    ? [finding('VALIDITY_SHORT', 'credentialValidity')]
    : []

const checkFields = (
  fields: readonly string[] | undefined,
  ...path: readonly (string | number)[]
): Finding[] =>
  (fields ?? []).flatMap((field, index) =>
    findFieldOfEducation(field) ? [] : [finding('ISCED_FORMAT', ...path, index)],
  )
