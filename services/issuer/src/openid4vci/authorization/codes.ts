import type { Vault } from '@mikromerit/service-kit'
import { createOfferCodes, type OfferCodes } from '../../offers/offer-codes.ts'

/** The names of one authorization, each good at one place and none made from another (S-02). */
export interface AuthorizationCodes {
  readonly requestUris: OfferCodes
  /** `state` towards the provider where the learner signs in. */
  readonly states: OfferCodes
  /** Cookie of the browser that began to sign in: no other can go on with it. */
  readonly browsers: OfferCodes
  /** Hidden in the form on which the learner decides (S-27). */
  readonly forms: OfferCodes
  readonly codes: OfferCodes
}

export const openAuthorizationCodes = (vault: Vault): AuthorizationCodes => ({
  requestUris: createOfferCodes(vault.mac('authorizations/request-uri')),
  states: createOfferCodes(vault.mac('authorizations/state')),
  browsers: createOfferCodes(vault.mac('authorizations/browser')),
  forms: createOfferCodes(vault.mac('authorizations/form')),
  codes: createOfferCodes(vault.mac('authorizations/code')),
})
