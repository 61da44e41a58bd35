import type { Locale } from '@mikromerit/credentials'
import type { ImportFormat } from '@mikromerit/exchange'

export const errorPolicies = ['refuse', 'skip'] as const
export type ErrorPolicy = (typeof errorPolicies)[number]

/** What an import was asked to do; sealed in its job. */
export interface ImportParameters {
  readonly format: ImportFormat
  readonly language: Locale
  /** The definition of rows that name none. */
  readonly achievementId?: string | undefined
  /** `refuse`: a file with an error records nothing. `skip`: rows with errors are left out. */
  readonly onErrors: ErrorPolicy
}

/** `checking` records nothing. `recording` does, row by row; where a file must be free of errors it comes second. */
export type ImportPhase = 'checking' | 'recording'
