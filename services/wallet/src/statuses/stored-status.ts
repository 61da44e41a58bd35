import type { ReplacementReason } from '@mikromerit/credentials'

/**
 * What the issuer's lists say. `unknown`: they could not be had or believed. `not_published`: the credential names
 * none, and cannot be withdrawn.
 */
type ListedState = 'valid' | 'suspended' | 'revoked' | 'unknown' | 'not_published'

/** What took a credential's place, as its issuer signed it. */
export interface StoredReplacement {
  readonly replacedAt: string
  readonly reason: ReplacementReason
  /** UUIDs, as the issuer names its award and the credentials of it. */
  readonly awardId: string
  readonly credentialIds: readonly string[]
}

/** What is sealed beside a credential about its status. */
export interface StoredStatus {
  readonly state: ListedState
  readonly checkedAt: string
  readonly replacement?: StoredReplacement
}
