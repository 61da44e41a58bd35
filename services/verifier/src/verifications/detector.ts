import type {
  MicroCredential,
  VerificationCheck,
  VerificationContext,
} from '@mikromerit/credentials'
import type { VerifierContext } from '../context.ts'
import type { Given } from './given.ts'

/** What was found out about one credential, or about the file it came in. */
export interface Verified {
  readonly checks: readonly VerificationCheck[]
  readonly microCredentials: readonly MicroCredential[]
}

/** What one request may still cost: however things lie inside of each other, and however often. */
export interface Budget {
  /** Things that may be taken apart or verified. */
  things: number
  /** Web sites that may be asked about a badge that lies on them. */
  sites: number
}

/** What a detector works with. */
export interface Task {
  readonly context: VerifierContext
  readonly verification: VerificationContext
  /** Whether an address may still be followed: one that was fetched leads to no other. */
  readonly mayFetch: boolean
  readonly budget: Budget
  /** Verifies what was found inside of something else. */
  verifyInside(given: Given, changes?: { readonly mayFetch: false }): Promise<readonly Verified[]>
}

/** One kind of thing that can be handed in: how it is recognised, and how it is verified. */
export interface Detector {
  readonly name: string
  /** By how it begins alone; whether it holds together is for `verify` to say. */
  recognises(given: Given): boolean
  /** Answers for everything found. Never throws on what a stranger wrote. */
  verify(given: Given, task: Task): Promise<readonly Verified[]>
}
