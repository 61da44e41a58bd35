import type { Mac, Vault } from '@mikromerit/service-kit'
import { createOfferCodes, type OfferCodes } from './offer-codes.ts'

/** The secrets of offers, each under a key of its own: none can be used as another. */
export interface OfferSecrets {
  /** The last part of an offer's address. */
  readonly references: OfferCodes
  readonly preAuthorizedCodes: OfferCodes
  /** Names an offer in an authorization request; opens nothing by itself (I-22). */
  readonly issuerStates: OfferCodes
  readonly txCodes: Mac
}

export const openOfferSecrets = (vault: Vault): OfferSecrets => ({
  references: createOfferCodes(vault.mac('offers/reference')),
  preAuthorizedCodes: createOfferCodes(vault.mac('offers/pre-authorized-code')),
  issuerStates: createOfferCodes(vault.mac('offers/issuer-state')),
  txCodes: vault.mac('offers/tx-code'),
})
