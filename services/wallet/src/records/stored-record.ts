import type { MicroCredential, Outcome, VerificationCheck } from '@mikromerit/credentials'

export const recordFormats = ['elmo', 'open_badge', 'edc', 'vc_jwt', 'sd_jwt_vc'] as const
export type RecordFormat = (typeof recordFormats)[number]

/** What is sealed in a record's row: what it says, and what could be verified of it when it came. */
export interface StoredRecord {
  readonly format: RecordFormat
  /** Nobody is known to have signed it: the learner says so. */
  readonly isSelfDeclared: boolean
  readonly outcome: Outcome
  readonly checks: readonly VerificationCheck[]
  readonly verifiedAt: string
  readonly microCredential: MicroCredential
  /** As it came; absent for one of several in a file. */
  readonly raw?: string
}

/** A record with where it lies. */
export interface HeldRecord {
  readonly id: string
  readonly importedAt: Date
  readonly content: StoredRecord
}
