import type { KeyObject } from 'node:crypto'
import type { BitstringStatusError, BitstringStatusList } from '../bitstring-status-list/parse.ts'
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
  /** Which keys can be used: those of ES256 alone (the default), or all that VC-JWTs are signed with. */
  readonly keyKinds?: 'es256' | 'vc_jwt'
  /** The format has no room for certificates: those beside the published key may vouch for it. */
  readonly isBare?: boolean
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
      /**
       * untrusted: no anchor and no metadata; mismatch: the key belongs to somebody else; not_bundled: without a network
       * nothing is known of the issuer.
       */
      readonly outcome: 'untrusted' | 'unreachable' | 'mismatch' | 'not_bundled'
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

export type StatusFetchRefusal =
  | 'unreachable'
  | 'oversized'
  | 'malformed'
  /** Out of a trust bundle: it does not hold the list, or one that is too old. */
  | 'snapshot_missing'
  | 'snapshot_stale'

/** A Status List Token as it was fetched, or taken apart already by a caller that keeps it. */
export type FetchedStatusList = Result<
  string | StatusListToken,
  StatusFetchRefusal | StatusListRefusal
>

/** A Bitstring Status List as it was fetched and taken apart. */
export type FetchedBitstringList = Result<
  BitstringStatusList,
  StatusFetchRefusal | BitstringStatusError
>

/** An issuer's statement on what replaced a credential, as text; undefined when there is none. */
export type FetchedReplacement = Result<string | undefined, 'unreachable'>

/** Everything a verification needs from outside. All I/O is the caller's. */
export interface VerificationContext {
  readonly now: Date
  /** How far an issuer's or a holder's clock may be ahead. Default and greatest value 60. */
  readonly clockSkewSeconds?: number
  /** Finds the keys this issuer may sign with: by x5c to an anchor or by its published metadata (V-17). */
  resolveIssuerKeys(query: IssuerKeyQuery): Promise<IssuerKeyResolution>
  fetchStatusListToken(uri: string): Promise<FetchedStatusList>
  /** Without it, a status in a Bitstring Status List is undetermined. */
  fetchBitstringStatusList?(uri: string): Promise<FetchedBitstringList>
  /** Without it, a status in a 1EdTech Revocation List is undetermined. */
  fetchRevocationList?(uri: string): Promise<Result<string, StatusFetchRefusal>>
  /** Asked about a revoked credential: what took its place. Without it nobody is asked. */
  fetchReplacement?(query: {
    readonly issuer: string
    readonly credentialId: string
  }): Promise<FetchedReplacement>
  /** Asks the trust registry; without it the check is left out. */
  authorise?(query: AuthorisationQuery): Promise<Authorisation>
  /** Given: whether a badge names this person is checked, by an identifier such as an e-mail address (V-27). */
  readonly recipient?: string
  /** Given: the presentation must be bound to this request. */
  readonly keyBinding?: KeyBindingExpectation
  readonly acceptedVct?: readonly string[]
  /** Alternatives, each a set of types that a VC-JWT must have, expanded or not (OpenID4VP 1.0, B.1.1). */
  readonly acceptedTypes?: readonly (readonly string[])[]
}
