import {
  type AuthorizationServerMetadata,
  Oauth2Client,
  Oauth2ClientErrorResponseError,
} from '@openid4vc/oauth2'
import type { WalletContext } from '../context.ts'
import type { AccessGrant } from '../protocol/access-grant.ts'
import { createCallbacks } from '../protocol/callbacks.ts'
import { createHolderKey, openHolderKey } from '../protocol/holder-key.ts'
import { isUnreachable } from '../protocol/unreachable.ts'
import { IssuanceError, refusedWith, unreachableIssuer } from './issuance-error.ts'
import type { CredentialOffer } from './parse-offer.ts'

/**
 * Redeems the pre-authorized code (OpenID4VCI 6.1). Throws IssuanceError: a refused transaction code
 * and an unreachable server leave the offer usable, everything else ends it.
 */
export async function requestToken(
  context: WalletContext,
  offer: CredentialOffer,
  server: AuthorizationServerMetadata,
  txCode: string | undefined,
): Promise<AccessGrant> {
  const dpopKey = wantsDpop(server) ? createHolderKey() : undefined
  const signer = dpopKey && openHolderKey(dpopKey)
  const client = new Oauth2Client({ callbacks: createCallbacks(context, signer ? [signer] : []) })
  try {
    const { accessTokenResponse } = await client.retrievePreAuthorizedCodeAccessToken({
      authorizationServerMetadata: server,
      preAuthorizedCode: offer.preAuthorizedCode,
      // W-10: a string, leading zeros kept, and only when it was asked for.
      ...(txCode === undefined ? {} : { txCode }),
      ...(signer
        ? { dpop: { signer: { method: 'jwk', alg: 'ES256', publicJwk: { ...signer.publicJwk } } } }
        : {}),
    })
    const isBound = accessTokenResponse.token_type.toLowerCase() === 'dpop'
    const credentialIdentifiers = readIdentifiers(accessTokenResponse.authorization_details)
    return {
      accessToken: accessTokenResponse.access_token,
      ...(isBound && dpopKey ? { dpopKey } : {}),
      ...(credentialIdentifiers ? { credentialIdentifiers } : {}),
    }
  } catch (error) {
    throw toIssuanceError(error, txCode !== undefined)
  }
}

const wantsDpop = (server: AuthorizationServerMetadata): boolean =>
  server.dpop_signing_alg_values_supported?.includes('ES256') ?? false

function toIssuanceError(error: unknown, isTxCodeSent: boolean): IssuanceError {
  if (isUnreachable(error)) return unreachableIssuer()
  if (!(error instanceof Oauth2ClientErrorResponseError)) return refusedWith(undefined)
  const code = String(error.errorResponse.error)
  if (code !== 'invalid_grant') return refusedWith(code)
  // The answer is the same for a wrong code and a dead offer; only the issuer knows which.
  return isTxCodeSent
    ? new IssuanceError('transaction-code-refused', { isRetryable: true })
    : new IssuanceError('offer-dead')
}

/** OpenID4VCI 6.2: entries of other types are skipped; one of ours names a configuration and its datasets. */
function readIdentifiers(details: unknown): Record<string, readonly string[]> | undefined {
  const entries: unknown[] = Array.isArray(details) ? details : []
  const found = entries.flatMap((entry) => {
    const { type, credential_configuration_id: id, credential_identifiers: values } = Object(entry)
    if (type !== 'openid_credential' || typeof id !== 'string' || !Array.isArray(values)) return []
    return [[id, values.filter((value): value is string => typeof value === 'string')] as const]
  })
  return found.length === 0 ? undefined : Object.fromEntries(found)
}
