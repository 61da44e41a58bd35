import type { Achievement, Award } from '@mikromerit/credentials'

/** What our extension may say of a definition: any of its members, each as the domain wants it. */
export type AchievementPieces = Partial<
  Omit<Achievement, 'assessment' | 'participation' | 'workload' | 'id'>
> & {
  assessment?: Partial<Achievement['assessment']>
  participation?: Partial<Achievement['participation']>
  workload?: { hours?: number }
}

/** What it may say of an award. */
export type AwardPieces = Partial<
  Omit<Award, 'id' | 'achievementId' | 'learner' | 'sourceReference'>
>

export interface MicroCredentialExtension {
  readonly achievement: AchievementPieces
  readonly award: AwardPieces
}
