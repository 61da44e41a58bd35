import type { ClaimLabels } from '../claims/claim-labels.ts'
import type { IssuerTrust } from '../issuers/issuer-keys.ts'
import type { NotificationAddress } from '../issuers/notify-issuer.ts'
import type { StoredStatus } from '../statuses/stored-status.ts'
import type { CredentialFormat } from './formats.ts'
import type { CredentialIdentity } from './identity.ts'

/** What is sealed in a credential's row. Everything in it was verified before it was written (W-16). */
export interface StoredCredential {
  readonly token: string
  /** Absent in rows from when there was only `dc+sd-jwt`. */
  readonly format?: CredentialFormat
  /** Type of an SD-JWT VC. */
  readonly vct?: string
  /** Types of a W3C credential. */
  readonly types?: readonly string[]
  readonly title: string
  readonly issuer: {
    readonly identifier: string
    readonly host: string
    readonly name: string
    readonly iss?: string
  }
  readonly issuerTrust: IssuerTrust
  /** Whether a presentation can prove possession of the holder key. */
  readonly isBound: boolean
  readonly labels: ClaimLabels
  readonly notification?: NotificationAddress
  /** The offer it came by: what one offer brings is of one award. */
  readonly offerId?: string
  /** Absent in rows from before it was kept. */
  readonly identity?: CredentialIdentity
}

export const formatOf = ({ format = 'dc+sd-jwt' }: StoredCredential): CredentialFormat => format

/** A credential of the learner, opened. */
export interface HeldCredential {
  readonly id: string
  readonly receivedAt: Date
  readonly content: StoredCredential
  /** Absent until the issuer was asked. */
  readonly status?: StoredStatus
}
