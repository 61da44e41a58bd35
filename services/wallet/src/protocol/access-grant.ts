import type { RequestDpopOptions } from '@openid4vc/oauth2'
import type { WalletContext } from '../context.ts'
import { createCallbacks } from './callbacks.ts'
import { openHolderKey, type PrivateJwk } from './holder-key.ts'

/** What the authorization server allowed. Sealed wherever it is stored, in no log. */
export interface AccessGrant {
  readonly accessToken: string
  /** Present when the token is bound to a key (DPoP); every later request is then signed with it. */
  readonly dpopKey?: PrivateJwk
  /**
   * Per configuration, the identifiers that must then be used instead of it (W-13); undefined when the
   * token answer has no authorization_details.
   */
  readonly credentialIdentifiers?: Readonly<Record<string, readonly string[]>>
}

/** The library's options for a request with the access token, sender-constrained when the token is. */
export function authorise(context: WalletContext, grant: AccessGrant) {
  const signer = grant.dpopKey && openHolderKey(grant.dpopKey)
  const dpop: { dpop?: RequestDpopOptions } = signer
    ? { dpop: { signer: { method: 'jwk', alg: 'ES256', publicJwk: { ...signer.publicJwk } } } }
    : {}
  return {
    accessToken: grant.accessToken,
    callbacks: createCallbacks(context, signer ? [signer] : []),
    ...dpop,
  }
}
