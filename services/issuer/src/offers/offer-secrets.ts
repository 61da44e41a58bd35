import type { Mac, Vault } from '@mikromerit/service-kit'
import { createOfferCodes, type OfferCodes } from './offer-codes.ts'

/** The secrets of offers, each under a key of its own: none can be used as another. */
export interface OfferSecrets {
  /** The last part of an offer's address. */
  readonly references: OfferCodes
  readonly preAuthorizedCodes: OfferCodes
  readonly txCodes: Mac
}

export const openOfferSecrets = (vault: Vault): OfferSecrets => ({
  references: createOfferCodes(vault.mac('offers/reference')),
  preAuthorizedCodes: createOfferCodes(vault.mac('offers/pre-authorized-code')),
  txCodes: vault.mac('offers/tx-code'),
})
