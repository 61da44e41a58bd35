import type { AwardRecord } from '../../domain/award.ts'
import type { RulebookFormat } from './rulebook.ts'

export type RulebookRefusal = 'award_not_formal' | 'award_of_validation' | 'award_formal'

/** What decides whether an award may be projected: how it was learned, and how it was recognised. */
export interface RulebookCandidate {
  readonly achievement: Pick<AwardRecord['achievement'], 'setting'>
  readonly award: Pick<AwardRecord['award'], 'validation'>
}

/**
 * Why an award is none of the type: a micro-credential of the rulebook comes of formal education and its assessment
 * alone, a verified skill never does (WE BUILD rulebooks, scope). Undefined when it may be projected.
 */
export function findRulebookRefusal(
  { achievement, award }: RulebookCandidate,
  format: RulebookFormat,
): RulebookRefusal | undefined {
  const isFormal = achievement.setting === 'formal'
  if (format === 'webuild_verified_skill') return isFormal ? 'award_formal' : undefined
  if (!isFormal) return 'award_not_formal'
  return award.validation ? 'award_of_validation' : undefined
}
