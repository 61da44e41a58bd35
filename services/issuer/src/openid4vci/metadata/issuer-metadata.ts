import type { LanguageMap } from '@mikromerit/credentials'
import type { Issuer } from '../../organisations/issuers.ts'
import { listConfigurations } from './configurations.ts'
import { describeConfiguration } from './describe-configuration.ts'

/** OpenID4VCI 12.2.4: what a wallet must know to fetch a credential from this organisation. */
export const buildIssuerMetadata = (
  { identifier, profile, settings }: Issuer,
  publicUrl: string,
) => ({
  credential_issuer: identifier,
  // I-05: no authorization_servers, so the identifier itself is the authorization server.
  credential_endpoint: `${identifier}/credential`,
  nonce_endpoint: `${identifier}/nonce`,
  notification_endpoint: `${identifier}/notification`,
  // Ours, not of the specification: what took the place of a credential (docs/reference/replacements.md).
  replacement_endpoint: `${identifier}/replacements`,
  display: displayNames(profile.legalName),
  credential_configurations_supported: Object.fromEntries(
    listConfigurations(settings).map((configuration) => [
      configuration.id,
      describeConfiguration(configuration, publicUrl),
    ]),
  ),
})

/** Swedish first, then English: some wallets show the first whatever their language is. */
const displayNames = (legalName: LanguageMap) =>
  Object.entries(legalName)
    .map(([locale, name]) => ({ name, locale }))
    .toSorted((one, other) => rankLocale(one.locale) - rankLocale(other.locale))

const rankLocale = (locale: string) => {
  const rank = ['sv', 'en'].indexOf(locale.split('-', 1)[0] ?? '')
  return rank === -1 ? 2 : rank
}

/** RFC 8414, for the authorization server every organisation is for its own offers. */
export const buildAuthorizationServerMetadata = ({ identifier }: Issuer) => ({
  issuer: identifier,
  token_endpoint: `${identifier}/token`,
  token_endpoint_auth_methods_supported: ['none'],
  grant_types_supported: ['urn:ietf:params:oauth:grant-type:pre-authorized_code'],
  authorization_details_types_supported: ['openid_credential'],
  // There is no authorization endpoint, so there is no response type (the member is required).
  response_types_supported: [],
  // I-14: said truthfully; the offer, and its transaction code, are the authorization.
  'pre-authorized_grant_anonymous_access_supported': true,
})

/** SD-JWT VC 5: the keys this issuer signs with, the same that stand in x5c. */
export const buildVcIssuerMetadata = (issuer: Issuer) => ({
  issuer: issuer.identifier,
  jwks: buildJwks(issuer),
  replacement_endpoint: `${issuer.identifier}/replacements`,
})

export const buildJwks = ({ publicKeys }: Issuer) => ({
  keys: publicKeys.map((jwk) => ({ ...jwk, alg: 'ES256', use: 'sig' })),
})
