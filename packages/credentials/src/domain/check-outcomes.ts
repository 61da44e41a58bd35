import { learningOutcomeTypes, skillReuseLevels } from '../code-lists/learning.ts'
import type { AchievementDraft } from './achievement.ts'
import { checkCode } from './check-codes.ts'
import type { Finding } from './finding.ts'
import { finding } from './finding-messages.ts'
import type { LanguageMap } from './text.ts'

/** Rules on learning outcomes: element 6, the heart of a micro-credential. */
export function checkOutcomes({ learningOutcomes: outcomes, title }: AchievementDraft): Finding[] {
  if (outcomes.length === 0) return [finding('OUTCOMES_MISSING', 'learningOutcomes')]
  const seen = new Set<string>()
  const ids = new Set<string>()
  const findings = outcomes.flatMap((outcome, index) => {
    const here = ['learningOutcomes', index] as const
    const found = [
      ...checkCode(learningOutcomeTypes, outcome.type, ...here, 'type'),
      ...checkCode(skillReuseLevels, outcome.reuseLevel, ...here, 'reuseLevel'),
    ]
    const text = normaliseText(outcome.title)
    if (seen.has(text)) found.push(finding('OUTCOME_DUPLICATE', ...here))
    seen.add(text)
    if (outcome.id !== undefined && ids.has(outcome.id))
      found.push(finding('OUTCOME_ID_REPEATED', ...here, 'id'))
    if (outcome.id !== undefined) ids.add(outcome.id)
    if (isVague(outcome.title) || text === normaliseText(title))
      found.push(finding('OUTCOME_VAGUE', ...here, 'title'))
    return found
  })
  return outcomes.length > 12
    ? [...findings, finding('OUTCOMES_MANY', 'learningOutcomes')]
    : findings
}

const normaliseText = (text: LanguageMap) =>
  Object.entries(text)
    .map(
      ([tag, words]) =>
        `${tag}:${words
          .toLowerCase()
          .replaceAll(/[\s.,;:]+/g, ' ')
          .trim()}`,
    )
    .sort()
    .join('|')

const vagueBeginnings = /^(?:understands?|knows?|förstå(?:r)?|känna till|känner till)\b/i

const isVague = (title: LanguageMap) =>
  Object.values(title).some((text) => text.trim().length < 15 || vagueBeginnings.test(text.trim()))
