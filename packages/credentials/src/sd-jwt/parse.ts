import { type Jws, type JwsRefusal, parseJws } from '../jose/jws.ts'
import { accept, type Result, refuse } from '../result.ts'
import { type Disclosure, parseDisclosure } from './disclosure.ts'
import { isSdHashAlgorithm, type SdHashAlgorithm } from './hash.ts'

/** An SD-JWT, or SD-JWT+KB, taken apart. Nothing in it is true yet. */
export interface SdJwt {
  readonly jws: Jws
  readonly disclosures: readonly Disclosure[]
  readonly hashAlgorithm: SdHashAlgorithm
  /** Everything up to and including the last tilde: what `sd_hash` is computed over. */
  readonly presented: string
  /** The Key Binding JWT, still encoded. */
  readonly keyBindingJwt?: string
}

export type SdJwtRefusal =
  | JwsRefusal
  | 'sd_jwt_malformed'
  | 'sd_jwt_too_large'
  | 'sd_alg_unsupported'
  | 'disclosure_malformed'

const maxLength = 262_144
const maxDisclosures = 500

/** Takes an SD-JWT apart (RFC 9901 section 4, F-01, F-04, F-06), within limits. */
export function parseSdJwt(token: string): Result<SdJwt, SdJwtRefusal> {
  if (token.length > maxLength) return refuse('sd_jwt_too_large', 'The SD-JWT is too large.')
  const [encodedJwt, ...parts] = token.split('~')
  const keyBindingJwt = parts.pop()
  // F-01: without a tilde this is a plain JWT, and an empty part is no Disclosure.
  // What follows the last one is nothing or a Key Binding JWT, not one more Disclosure.
  if (
    !encodedJwt ||
    keyBindingJwt === undefined ||
    parts.includes('') ||
    (keyBindingJwt !== '' && !keyBindingJwt.includes('.'))
  ) {
    return refuse(
      'sd_jwt_malformed',
      'An SD-JWT ends its Disclosures with a tilde and has no empty ones.',
    )
  }
  if (parts.length > maxDisclosures)
    return refuse('sd_jwt_too_large', 'The SD-JWT has too many Disclosures.')
  const jws = parseJws(encodedJwt)
  if (!jws.ok) return jws
  const { _sd_alg: hashAlgorithm = 'sha-256' } = jws.value.payload
  if (!isSdHashAlgorithm(hashAlgorithm)) {
    return refuse('sd_alg_unsupported', 'The hash algorithm in _sd_alg is not supported.')
  }
  const disclosures: Disclosure[] = []
  for (const part of parts) {
    const disclosure = parseDisclosure(part)
    if (!disclosure.ok) return disclosure
    disclosures.push(disclosure.value)
  }
  return accept({
    jws: jws.value,
    disclosures,
    hashAlgorithm,
    presented: token.slice(0, token.length - keyBindingJwt.length),
    ...(keyBindingJwt !== '' && { keyBindingJwt }),
  })
}
