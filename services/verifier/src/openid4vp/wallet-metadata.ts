import { isObject, type PublicJwk, parseJsonObject, parsePublicJwk } from '@mikromerit/credentials'
import { OAuthError } from '@mikromerit/service-kit'
import { type ContentEncryption, contentEncryptions } from './jwe.ts'

/** How a wallet wants the request object encrypted. */
export interface RequestEncryption {
  readonly key: PublicJwk
  readonly enc: ContentEncryption
}

/**
 * Reads what matters to us in wallet_metadata (OpenID4VP 5.10): a key to encrypt the request object to.
 * Written by a stranger, so nothing in it makes us fetch anything: `jwks_uri` is not followed (V-04).
 * @throws OAuthError invalid_request
 */
export function readRequestEncryption(text: string | undefined): RequestEncryption | undefined {
  if (text === undefined) return undefined
  const metadata = parseJsonObject(text)
  if (!metadata.ok) throw refuse('The wallet_metadata is not a JSON object.')
  const { jwks, request_object_encryption_enc_values_supported: offered } = metadata.value
  if (jwks === undefined) return undefined
  const listed: unknown[] = isObject(jwks) && Array.isArray(jwks.keys) ? jwks.keys : []
  const key = listed.slice(0, 20).flatMap(readEncryptionKey)[0]
  const enc = contentEncryptions.find((ours) => !Array.isArray(offered) || offered.includes(ours))
  if (!key || !enc) throw refuse('The wallet_metadata holds no key that can be encrypted to.')
  return { key, enc }
}

function readEncryptionKey(value: unknown): PublicJwk[] {
  const parsed = parsePublicJwk(value)
  if (!parsed.ok) return []
  const { use = 'enc', alg = 'ECDH-ES' } = parsed.value
  return use === 'enc' && alg === 'ECDH-ES' ? [parsed.value] : []
}

const refuse = (description: string): OAuthError => new OAuthError('invalid_request', description)
