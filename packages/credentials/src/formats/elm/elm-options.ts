import type { BitstringStatusListEntry } from '../../bitstring-status-list/status-entry.ts'
import type { Locale } from '../../domain/text.ts'
import type { AwardComponent } from './build-components.ts'

export interface ElmVc11Options {
  /** The Credential Issuer Identifier, below which definitions have their addresses. */
  readonly issuer: string
  /** The moment of sealing; the award has its own date. */
  readonly issuedAt: Date
  /** The language of texts, where there is a choice, and the primary one of the display. Default Swedish. */
  readonly locale?: Locale
  /** `accredited` only where the accreditations named can be proved: Europass looks them up. Default `generic`. */
  readonly profile?: 'generic' | 'accredited'
  /** Show the date of birth. Off unless asked for: nothing in this format can be withheld when it is shown. */
  readonly withBirthDate?: boolean
  readonly components?: readonly AwardComponent[]
  /** Id of the credential, when one of its own is wanted. Default: made of the award's. */
  readonly credentialId?: string
}

export interface ElmOptions extends ElmVc11Options {
  /** Where the issuer publishes our context. */
  readonly contextUrl: string
  readonly status?: BitstringStatusListEntry | readonly BitstringStatusListEntry[]
}
