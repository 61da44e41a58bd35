import type { ClaimLabels } from '../claims/claim-labels.ts'
import type { IssuerTrust } from '../issuers/issuer-keys.ts'
import type { NotificationAddress } from '../issuers/notify-issuer.ts'

/** What is sealed in a credential's row. Everything in it was verified before it was written (W-16). */
export interface StoredCredential {
  readonly token: string
  readonly vct: string
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
}

/** A credential of the learner, opened. */
export interface HeldCredential {
  readonly id: string
  readonly receivedAt: Date
  readonly content: StoredCredential
}
