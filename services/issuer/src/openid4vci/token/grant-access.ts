import { newId } from '@mikromerit/service-kit'
import type { Runtime } from '../../runtime.ts'
import type { AccessToken, AuthorisedCredential } from '../protocol-tokens.ts'
import type { TokenResponse } from './schemas.ts'

/** What every grant ends in: an access token for these credentials, and the answer that tells of it (OpenID4VCI 6.2). */
export function grantAccess(
  { config, clock, protocolTokens }: Runtime,
  token: AccessToken,
): TokenResponse {
  const lifetime = config.ACCESS_TOKEN_LIFETIME_SECONDS
  const expiresAt = new Date(clock.now().getTime() + lifetime * 1000)
  const details = describeAuthorised(token.authorised)
  return {
    access_token: protocolTokens.sealAccessToken(token, expiresAt),
    token_type: 'Bearer',
    expires_in: lifetime,
    ...(details.length > 0 && { authorization_details: details }),
  }
}

/** Gives each credential an identifier, for a wallet that asked by authorization_details (I-16). */
export const nameCredentials = (
  authorised: readonly AuthorisedCredential[],
): AuthorisedCredential[] =>
  authorised.map((credential) => ({ ...credential, credentialIdentifier: newId() }))

/** One entry per configuration, as the wallet asked for them. */
function describeAuthorised(authorised: readonly AuthorisedCredential[]) {
  const identifiers = new Map<string, string[]>()
  for (const { configurationId, credentialIdentifier } of authorised) {
    if (credentialIdentifier === undefined) continue
    const known = identifiers.get(configurationId) ?? []
    identifiers.set(configurationId, [...known, credentialIdentifier])
  }
  return [...identifiers].map(([id, credentialIdentifiers]) => ({
    type: 'openid_credential' as const,
    credential_configuration_id: id,
    credential_identifiers: credentialIdentifiers,
  }))
}
