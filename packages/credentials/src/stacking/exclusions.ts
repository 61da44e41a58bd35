import type { StackingCredential } from './credential.ts'
import { compareLevel, earliestDay } from './measures.ts'
import type { StackingCode } from './reasons.ts'
import type { StackingRules } from './rules.ts'

/** Why a credential cannot count for anything in these rules; undefined when it may. */
export function findExclusion(
  { outcome, status, microCredential }: StackingCredential,
  { levelFloor, maxAge }: NonNullable<StackingRules['constraints']>,
  today: string,
): StackingCode | undefined {
  if (status === 'revoked') return 'STACK_REVOKED'
  if (status === 'suspended') return 'STACK_SUSPENDED'
  if (outcome === 'invalid') return 'STACK_INVALID'
  // What could not be checked never counts as if it had been.
  if (outcome === 'undetermined') return 'STACK_UNDETERMINED'
  const { awardedOn, validUntil } = microCredential
  if (validUntil !== undefined && validUntil < today) return 'STACK_EXPIRED'
  if (maxAge !== undefined) {
    if (awardedOn === undefined) return 'STACK_DATE_UNKNOWN'
    if (awardedOn < earliestDay(today, maxAge)) return 'STACK_TOO_OLD'
  }
  if (levelFloor) {
    const level = compareLevel(microCredential, levelFloor)
    if (level !== 'reached') return level === 'low' ? 'STACK_LEVEL_LOW' : 'STACK_LEVEL_UNKNOWN'
  }
  return undefined
}
