import type { AwardRecord } from '@mikromerit/credentials'
import type { CopyFormat } from '../jobs/states.ts'
import type { Issuer } from '../organisations/issuers.ts'
import type { StatusEntry } from '../status-lists/status-indexes.ts'

/** A copy that is to be signed, bound to no key. */
export interface CopyToSign {
  readonly format: CopyFormat
  /** UUID, without `urn:uuid:`. */
  readonly id: string
  readonly status: StatusEntry
  readonly issuedAt: Date
}

/** An award as it is kept: what is personal in it is opened by the thread that signs. */
export interface AwardToSign {
  readonly id: string
  readonly dataKey: Uint8Array
  readonly content: Uint8Array
  /** Which of the task's frames it stands in. */
  readonly frame: number
  readonly copies: readonly CopyToSign[]
}

/** What a thread is given. Nothing in it is secret: keys and learners are sealed. */
export interface SigningTask {
  readonly jobId: string
  readonly issuer: Pick<Issuer, 'organisationId' | 'identifier' | 'settings' | 'sealedKey'>
  /** What awards of one definition have in common. */
  readonly frames: readonly Omit<AwardRecord, 'award'>[]
  readonly awards: readonly AwardToSign[]
}

export interface SignedCopy {
  readonly format: CopyFormat
  readonly id: string
  /** Null: it does not run out. */
  readonly expiresAt: Date | null
  /** Where it lies among the result's bytes. */
  readonly offset: number
  readonly length: number
}

export interface SigningResult {
  /** The copies of each award, in the order of the task; undefined for a competence that has lapsed. */
  readonly awards: readonly (readonly SignedCopy[] | undefined)[]
  /** The credentials, each sealed under its award's key, one behind the other. */
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Part of the seal: a credential copied to another job, award or format does not open. */
export const credentialContext = (
  place: { readonly organisationId: string; readonly jobId: string; readonly awardId: string },
  format: CopyFormat,
) => `jobs/${place.organisationId}/${place.jobId}/credentials/${place.awardId}/${format}`
