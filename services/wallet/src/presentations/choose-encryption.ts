import { type PublicJwk, parsePublicJwk } from '@mikromerit/credentials'
import type { Parsed } from '../parsed.ts'

export interface ResponseEncryption {
  /** With the verifier's `kid`, which is copied into the answer. */
  readonly jwk: PublicJwk & { readonly alg: 'ECDH-ES' }
  readonly enc: 'A256GCM' | 'A128GCM'
}

const preferredEncodings = ['A256GCM', 'A128GCM'] as const

/** W-40: a key for encryption with its own `alg`; A256GCM when the verifier lists it, A128GCM when it lists nothing. */
export function chooseEncryption(metadata: {
  readonly jwks?: unknown
  readonly encrypted_response_enc_values_supported?: unknown
}): Parsed<ResponseEncryption> {
  const encodings = metadata.encrypted_response_enc_values_supported ?? ['A128GCM']
  const enc = preferredEncodings.find(
    (encoding) => Array.isArray(encodings) && encodings.includes(encoding),
  )
  if (enc === undefined)
    return {
      ok: false,
      detail: 'the verifier lists no content encryption of ours (A128GCM, A256GCM)',
    }
  const jwk = readKeys(metadata.jwks)[0]
  if (!jwk) return { ok: false, detail: 'client_metadata.jwks has no P-256 key with alg ECDH-ES' }
  return { ok: true, value: { jwk, enc } }
}

function readKeys(jwks: unknown): ResponseEncryption['jwk'][] {
  const { keys } = Object(jwks)
  const listed: unknown[] = Array.isArray(keys) ? keys.slice(0, 20) : []
  return listed.flatMap((value) => {
    const { alg, use, kid } = Object(value)
    if (alg !== 'ECDH-ES' || (use !== undefined && use !== 'enc')) return []
    const parsed = parsePublicJwk(value)
    if (!parsed.ok) return []
    const { kty, crv, x, y } = parsed.value
    return [{ kty, crv, x, y, alg, ...(typeof kid === 'string' ? { kid } : {}) }]
  })
}
