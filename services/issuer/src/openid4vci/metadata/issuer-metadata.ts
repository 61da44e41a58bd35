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
export const buildAuthorizationServerMetadata = (issuer: Issuer) => ({
  issuer: issuer.identifier,
  token_endpoint: `${issuer.identifier}/token`,
  token_endpoint_auth_methods_supported: ['none'],
  authorization_details_types_supported: ['openid_credential'],
  ...(issuer.hasSignIn ? describeAuthorization(issuer) : preAuthorizedAlone),
  // I-14: said truthfully; the offer, and its transaction code, are the authorization.
  'pre-authorized_grant_anonymous_access_supported': true,
})

const preAuthorizedCodeGrant = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'

const preAuthorizedAlone = {
  grant_types_supported: [preAuthorizedCodeGrant],
  // There is no authorization endpoint, so there is no response type (the member is required).
  response_types_supported: [],
}

/** RFC 9126 5, RFC 9207 3, RFC 7636: where learners can sign in, the authorization code flow (I-19 to I-21). */
const describeAuthorization = ({ identifier, settings }: Issuer) => ({
  grant_types_supported: [preAuthorizedCodeGrant, 'authorization_code', 'refresh_token'],
  response_types_supported: ['code'],
  authorization_endpoint: `${identifier}/authorize`,
  pushed_authorization_request_endpoint: `${identifier}/par`,
  require_pushed_authorization_requests: true,
  authorization_response_iss_parameter_supported: true,
  code_challenge_methods_supported: ['S256'],
  scopes_supported: [...new Set(listConfigurations(settings).map(({ scope }) => scope))],
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
