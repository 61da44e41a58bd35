import type { PublicJwk } from '@mikromerit/credentials'
import type { OpenCredential } from '../claims/open-credential.ts'
import type { IssuerKeys } from '../issuers/issuer-keys.ts'

/** A credential that came, and what was asked for. */
export interface Receipt {
  readonly token: string
  /** What was offered: the type of an SD-JWT VC, or the types of a W3C credential. */
  readonly vct: string | undefined
  readonly types: readonly string[] | undefined
  readonly holderKey: PublicJwk
  readonly issuerIdentifier: string
  /** False when the configuration declares credentials without key binding. */
  readonly isBindingExpected: boolean
}

/** A credential whose signature, form, type and period hold. */
export interface VerifiedCredential {
  readonly opened: OpenCredential
  /** `iss` or `issuer` of the credential. */
  readonly iss: string | undefined
  readonly issuer: IssuerKeys
  /** The key it is bound to, as it says; undefined when to none. */
  readonly holderKey: unknown
}
