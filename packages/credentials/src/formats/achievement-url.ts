import type { AwardRecord } from '../domain/award.ts'

/**
 * Where the definition is described: below its creator, also when another organisation awards it. Every format names
 * it so, because stacking compares definitions across formats and providers.
 */
export const buildAchievementUrl = (
  { achievement, creator }: Pick<AwardRecord, 'achievement' | 'creator'>,
  issuer: string,
): string => `${creator?.issuer ?? issuer}/achievements/${achievement.id}`
