import type { Issuer } from '../organisations/issuers.ts'
import type { OfferGrant } from './grants.ts'
import type { OfferSecrets } from './offer-secrets.ts'
import type { CredentialOffer } from './schemas.ts'
import { txCodeLength } from './tx-codes.ts'

/** Shown by the wallet beside the field; at most 300 characters (OpenID4VCI 4.1.1). */
const txCodeDescription =
  'Engångskoden från utbildningsanordnaren · The one-time code from the education provider'

/** The offer a wallet reads (OpenID4VCI 4.1.1), built anew each time: its code is not stored. */
export function buildCredentialOffer(
  secrets: OfferSecrets,
  { organisationId, identifier }: Issuer,
  offer: {
    id: string
    configurationIds: string[]
    grants: readonly OfferGrant[]
    asksTxCode: boolean
  },
): CredentialOffer {
  return {
    credential_issuer: identifier,
    credential_configuration_ids: offer.configurationIds,
    grants: {
      ...(offer.grants.includes('authorization_code') && {
        authorization_code: { issuer_state: secrets.issuerStates.build(organisationId, offer.id) },
      }),
      ...(offer.grants.includes('pre-authorized_code') && {
        'urn:ietf:params:oauth:grant-type:pre-authorized_code': {
          'pre-authorized_code': secrets.preAuthorizedCodes.build(organisationId, offer.id),
          ...(offer.asksTxCode && {
            tx_code: {
              input_mode: 'numeric',
              length: txCodeLength,
              description: txCodeDescription,
            },
          }),
        },
      }),
    },
  }
}

/** The link or QR code content of an offer by reference (OpenID4VCI 4.1.3). */
export function buildOfferUri(secrets: OfferSecrets, issuer: Issuer, offerId: string): string {
  const reference = secrets.references.build(issuer.organisationId, offerId)
  const address = `${issuer.identifier}/offers/${reference}`
  return `openid-credential-offer://?credential_offer_uri=${encodeURIComponent(address)}`
}
