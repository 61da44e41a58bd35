import type {
  AchievementDraft,
  AwardDraft,
  Learner,
  OrganisationDraft,
} from '@mikromerit/credentials'

/** One learner's way from an award to an employer, with invented but plausible content. */
export interface Scenario {
  readonly heading: string
  readonly organisation: OrganisationDraft
  readonly achievement: AchievementDraft & { readonly id: string }
  readonly learner: Learner
  /** Subject of the learner's access token: whose wallet it is. */
  readonly holder: string
  readonly award: AwardContent
  /** Whether the learner must type a code that came by another way than the offer. */
  readonly txCode: boolean
  readonly question: Question
}

export type AwardContent = Omit<AwardDraft, 'achievementId' | 'learner' | 'sourceReference'>

/** What somebody wants to see, and why. */
export interface Question {
  readonly asker: string
  readonly purpose: { readonly sv: string; readonly en: string }
  /** Names of claims. Without them the verifier's own question is asked: what can the learner do? */
  readonly claims?: readonly string[]
}

/** A day some days before another, both as YYYY-MM-DD. */
export const daysBefore = (day: string, count: number): string =>
  new Date(Date.parse(day) - count * 86_400_000).toISOString().slice(0, 10)
