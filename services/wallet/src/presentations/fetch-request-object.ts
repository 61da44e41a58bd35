import { randomBytes } from 'node:crypto'
import { Problem } from '@mikromerit/service-kit'
import type { WalletContext } from '../context.ts'

const requestObjectType = 'application/oauth-authz-req+jwt'
const maxRequestBytes = 256 * 1_024

/** What this wallet tells a verifier that asks (OpenID4VP 5.10): abilities, nothing about the learner. */
const walletMetadata = JSON.stringify({
  vp_formats_supported: {
    'dc+sd-jwt': { 'sd-jwt_alg_values': ['ES256'], 'kb-jwt_alg_values': ['ES256'] },
  },
  response_types_supported: ['vp_token'],
  response_modes_supported: ['direct_post', 'direct_post.jwt'],
  client_id_prefixes_supported: ['x509_hash', 'x509_san_dns', 'redirect_uri'],
  request_object_signing_alg_values_supported: ['ES256'],
  authorization_encryption_alg_values_supported: ['ECDH-ES'],
  authorization_encryption_enc_values_supported: ['A256GCM', 'A128GCM'],
})

export interface FetchedRequest {
  readonly requestObject: string
  /** Must come back inside the object (W-27); undefined for a plain GET. */
  readonly walletNonce: string | undefined
}

/** Gets a request object from its `request_uri`. Redirects are errors, not followed (W-28). */
export async function fetchRequestObject(
  context: WalletContext,
  uri: string,
  method: 'get' | 'post',
): Promise<FetchedRequest> {
  const walletNonce = method === 'post' ? randomBytes(24).toString('base64url') : undefined
  const limits = {
    accept: requestObjectType,
    maxBytes: maxRequestBytes,
    // The other two are common mistakes of verifiers, and the signature decides anyway.
    mediaTypes: [requestObjectType, 'application/jwt', 'text/plain'],
  }
  const answer =
    walletNonce === undefined
      ? await context.outbound.getText(uri, limits)
      : await context.outbound.postForm(
          uri,
          { wallet_metadata: walletMetadata, wallet_nonce: walletNonce },
          limits,
        )
  if (answer.ok) return { requestObject: answer.value.body.trim(), walletNonce }
  if (answer.code === 'blocked' || answer.code === 'media_type' || answer.code === 'too_large')
    throw new Problem('request-invalid', {
      detail: 'The request_uri is not allowed, or does not answer with a request object.',
    })
  throw new Problem('request-unreachable')
}
