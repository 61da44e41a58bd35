import type { KeyObject } from 'node:crypto'
import type { MicroCredential } from '../formats/micro-credential.ts'
import type { CertificateRefusal } from '../jose/certificates.ts'
import type { Result } from '../result.ts'
import type { KeyBindingExpectation } from '../sd-jwt-vc/verify.ts'
import type { StatusListRefusal, StatusListToken } from '../status-list/token.ts'
import type { Outcome } from './report.ts'

export interface IssuerKeyQuery {
  /** `iss` of the credential; absent when only the certificate names the issuer. */
  readonly issuer?: string
  readonly kid?: string
  readonly x5c?: readonly string[]
  /** When the key must be trusted. */
  readonly at: Date
  /** When the token says it was signed: its certificate must have been in force by then, too (V-18). */
  readonly signedAt?: Date
}

export type IssuerKeyResolution =
  | {
      readonly outcome: 'found'
      readonly keys: readonly KeyObject[]
      readonly via: 'x5c' | 'metadata' | 'registry'
      /** Name of the trust anchor, when a certificate led to one. */
      readonly anchor?: string
      /** Whom the certificate names: the issuer, when the credential itself names none. */
      readonly issuer?: string
    }
  | {
      /** unfit: the certificates or keys cannot be used, whoever they belong to; `cause` says why. */
      readonly outcome: 'unfit'
      readonly cause: CertificateRefusal | 'x5c_not_valid_at_signing' | 'key_unsupported'
      readonly detail: string
    }
  | {
      /** untrusted: no anchor and no metadata; mismatch: the key belongs to somebody else. */
      readonly outcome: 'untrusted' | 'unreachable' | 'mismatch'
      readonly detail: string
    }

export interface AuthorisationQuery {
  readonly issuer: string
  readonly vct: string
  readonly microCredential: MicroCredential
  readonly at: Date
}

export interface Authorisation {
  readonly outcome: Outcome
  /** Why, in a stable snake_case code; put into the check's evidence as `reason`. */
  readonly code?: string
  readonly evidence?: Readonly<Record<string, unknown>>
}

export type StatusFetchRefusal = 'unreachable' | 'oversized' | 'malformed'

/** A Status List Token as it was fetched, or taken apart already by a caller that keeps it. */
export type FetchedStatusList = Result<
  string | StatusListToken,
  StatusFetchRefusal | StatusListRefusal
>

/** Everything a verification needs from outside. All I/O is the caller's. */
export interface VerificationContext {
  readonly now: Date
  /** How far an issuer's or a holder's clock may be ahead. Default and greatest value 60. */
  readonly clockSkewSeconds?: number
  /** Finds the keys this issuer may sign with: by x5c to an anchor or by its published metadata (V-17). */
  resolveIssuerKeys(query: IssuerKeyQuery): Promise<IssuerKeyResolution>
  fetchStatusListToken(uri: string): Promise<FetchedStatusList>
  /** Asks the trust registry; without it the check is left out. */
  authorise?(query: AuthorisationQuery): Promise<Authorisation>
  /** Given: the presentation must be bound to this request. */
  readonly keyBinding?: KeyBindingExpectation
  readonly acceptedVct?: readonly string[]
}
