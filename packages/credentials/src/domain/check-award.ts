import { assessmentTypes, learningModes, supervisionTypes } from '../code-lists/assessment.ts'
import { findGradingScheme } from '../code-lists/grading-schemes.ts'
import type { AchievementContent } from './achievement.ts'
import type { AwardDraft } from './award.ts'
import { checkCode, checkCodes } from './check-codes.ts'
import { checkTexts } from './check-texts.ts'
import { checkValidation } from './check-validation.ts'
import { isDay, yearsBetween } from './dates.ts'
import type { Finding } from './finding.ts'
import { finding } from './finding-messages.ts'

/**
 * All rules on an award of this definition (domain.md section 8). The schema has been checked before.
 * @param today the day in Sweden, `YYYY-MM-DD`, from {@link stockholmDate}
 */
export const checkAward = (
  award: AwardDraft,
  achievement: AchievementContent,
  today: string,
): Finding[] => [
  ...checkTexts(award),
  ...checkLearner(award, today),
  ...checkDates(award, today),
  ...checkResult(award, achievement),
  ...checkAssessments(award),
  ...checkValidation(award, achievement),
  ...achievement.qualityAssurance.flatMap(({ expiresOn }) =>
    expiresOn && expiresOn < award.awardedOn ? [finding('QA_EXPIRED', 'awardedOn')] : [],
  ),
]

function checkLearner({ learner, awardedOn }: AwardDraft, today: string): Finding[] {
  const findings: Finding[] = []
  if (learner.familyName.trim() === '')
    findings.push(finding('NAME_MISSING', 'learner', 'familyName'))
  const { birthDate } = learner
  if (birthDate && isDay(birthDate)) {
    const age = yearsBetween(birthDate, awardedOn)
    if (birthDate > today || age < 6 || age > 110)
      findings.push(finding('BIRTHDATE_IMPLAUSIBLE', 'learner', 'birthDate'))
  }
  return findings
}

function checkDates({ awardedOn, activity, assessments, validUntil }: AwardDraft, today: string) {
  const findings: Finding[] = []
  if (awardedOn > today) findings.push(finding('DATE_FUTURE', 'awardedOn'))
  if (yearsBetween(awardedOn, today) >= 10) findings.push(finding('DATE_OLD', 'awardedOn'))
  if (validUntil && validUntil < awardedOn) findings.push(finding('DATE_ORDER', 'validUntil'))
  if (activity?.start && activity.end && activity.end < activity.start)
    findings.push(finding('DATE_ORDER', 'activity', 'end'))
  for (const [index, { assessedOn }] of (assessments ?? []).entries()) {
    if (!assessedOn) continue
    const here = ['assessments', index, 'assessedOn'] as const
    if (assessedOn > today) findings.push(finding('DATE_FUTURE', ...here))
    const isLongAfter = activity?.end !== undefined && yearsBetween(assessedOn, activity.end) >= 1
    if (assessedOn > awardedOn || isLongAfter) findings.push(finding('DATE_ORDER', ...here))
  }
  return findings
}

function checkResult({ result }: AwardDraft, achievement: AchievementContent): Finding[] {
  if (!result) return []
  const scheme =
    typeof result.scheme === 'string'
      ? findGradingScheme(result.scheme)
      : (result.scheme ?? achievement.assessment.gradingScheme)
  if (!scheme) {
    return result.scheme === undefined
      ? [finding('GRADE_SCHEME_MISSING', 'result')]
      : [finding('CODE_UNKNOWN', 'result', 'scheme')]
  }
  const rank = scheme.values.indexOf(result.grade)
  const passing = scheme.values.indexOf(scheme.passing)
  if (passing < 0) return [finding('GRADE_NOT_IN_SCHEME', 'result', 'scheme')]
  if (rank < 0) return [finding('GRADE_NOT_IN_SCHEME', 'result', 'grade')]
  return rank < passing ? [finding('GRADE_NOT_PASSING', 'result', 'grade')] : []
}

const checkAssessments = ({ assessments = [] }: AwardDraft): Finding[] =>
  assessments.flatMap(({ types, mode, supervision }, index) => [
    ...checkCodes(assessmentTypes, types, 'assessments', index, 'types'),
    ...checkCode(learningModes, mode, 'assessments', index, 'mode'),
    ...checkCode(supervisionTypes, supervision, 'assessments', index, 'supervision'),
  ])
