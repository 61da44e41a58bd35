import type { AchievementContent } from './achievement.ts'
import type { AwardDraft } from './award.ts'
import type { Finding } from './finding.ts'
import { finding } from './finding-messages.ts'

/** Rules on validation (Valideringsförordning 2022:1549; domain.md section 5). */
export function checkValidation(
  { validation }: AwardDraft,
  { setting, learningOutcomes }: AchievementContent,
): Finding[] {
  if (!validation) {
    return setting === 'informal'
      ? [finding('SETTING_INFORMAL_NEEDS_VALIDATION', 'validation')]
      : []
  }
  const findings: Finding[] = []
  if (!validation.standard) findings.push(finding('VALIDATION_STANDARD_MISSING', 'validation'))
  const kinds = validation.steps.map(({ kind }) => kind)
  // 2022:1549 2 §: validation is in-depth mapping and assessment.
  if (!kinds.includes('in_depth_mapping') || !kinds.includes('assessment'))
    findings.push(finding('VALIDATION_STEPS_MISSING', 'validation', 'steps'))
  const { outcomes } = validation
  if (!outcomes) return findings
  const known = new Set(learningOutcomes.map(({ id }) => id))
  for (const [index, { outcomeId }] of outcomes.entries()) {
    if (!known.has(outcomeId))
      findings.push(
        finding('VALIDATION_OUTCOME_UNKNOWN', 'validation', 'outcomes', index, 'outcomeId'),
      )
  }
  const achieved = new Set(
    outcomes.filter(({ result }) => result === 'achieved').map(({ outcomeId }) => outcomeId),
  )
  if (achieved.size === 0)
    findings.push(finding('VALIDATION_NOTHING_ACHIEVED', 'validation', 'outcomes'))
  else if (learningOutcomes.some(({ id = '' }) => !achieved.has(id)))
    findings.push(finding('VALIDATION_PARTIAL', 'validation', 'outcomes'))
  return findings
}
