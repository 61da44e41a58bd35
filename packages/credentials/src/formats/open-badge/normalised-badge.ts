import type { Loss } from '../loss.ts'
import type { MicroCredential } from '../micro-credential.ts'

/** An Open Badge of whatever version, read. */
export interface NormalisedBadge {
  readonly version: '3.0' | '2.0'
  readonly microCredential: MicroCredential
  /** Nobody's signature was or can be checked on it: the learner says so. */
  readonly isSelfDeclared: boolean
  /** What the badge holds that the normalised model has no place for; pointers lead into the badge. */
  readonly losses: readonly Loss[]
}
