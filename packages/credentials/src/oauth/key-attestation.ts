import { jwkThumbprint, type PublicJwk, parsePublicJwk } from '../jose/jwk.ts'
import { parseJws, signJws } from '../jose/jws.ts'
import type { Signer } from '../jose/signer.ts'
import { accept, type Result, refuse } from '../result.ts'
import { isSignedByAttester, type TrustedAttesters } from './attester.ts'
import { type Freshness, isFresh, isInForce } from './freshness.ts'

export type KeyAttestationRefusal =
  | 'key_attestation_malformed'
  | 'key_attestation_untrusted'
  | 'key_attestation_expired'

export interface VerifyKeyAttestationOptions extends Freshness {
  readonly attestation: string
  readonly attesters: TrustedAttesters
  /** Beside a proof of type `jwt` an `exp` is needed (OpenID4VCI 1.0 appendix D.1); by itself it may be absent. */
  readonly needsExpiry: boolean
}

export interface KeyAttestation {
  /** At least one, no two alike. */
  readonly keys: readonly PublicJwk[]
  readonly nonce?: string
  /** Attack potential resistance, such as `iso_18045_high`; empty when nothing is said. */
  readonly keyStorage: readonly string[]
  readonly userAuthentication: readonly string[]
}

// More than any batch: a bound before keys are looked at.
const maxKeys = 100

/** Checks a key attestation (OpenID4VCI 1.0 appendix D.1, I-38): who attests which keys, and until when. */
export function verifyKeyAttestation(
  options: VerifyKeyAttestationOptions,
): Result<KeyAttestation, KeyAttestationRefusal> {
  const parsed = parseJws(options.attestation)
  if (!parsed.ok || parsed.value.header.typ !== 'key-attestation+jwt')
    return refuse(
      'key_attestation_malformed',
      'The typ of a key attestation is key-attestation+jwt.',
    )
  const { attested_keys: attested, nonce, iat, exp, ...claims } = parsed.value.payload
  const keys = readKeys(attested)
  if (!keys)
    return refuse(
      'key_attestation_malformed',
      'attested_keys holds public EC keys on P-256, none twice.',
    )
  if (nonce !== undefined && typeof nonce !== 'string')
    return refuse('key_attestation_malformed', 'The nonce of a key attestation is a string.')
  if (!isSignedByAttester(parsed.value, options.attesters, options.now))
    return refuse('key_attestation_untrusted', 'The key attestation is not of a trusted attester.')
  // It may live as long as it says; without end, only as long as a proof made for one request.
  const isCurrent = exp === undefined ? !options.needsExpiry && isFresh(iat, options) : true
  if (!isCurrent || typeof iat !== 'number' || !isInForce(parsed.value.payload, options))
    return refuse('key_attestation_expired', 'The key attestation is not in force.')
  return accept({
    keys,
    ...(nonce !== undefined && { nonce }),
    keyStorage: readTexts(claims.key_storage),
    userAuthentication: readTexts(claims.user_authentication),
  })
}

function readKeys(value: unknown): PublicJwk[] | undefined {
  if (!Array.isArray(value) || value.length === 0 || value.length > maxKeys) return undefined
  const keys: PublicJwk[] = []
  const seen = new Set<string>()
  for (const member of value) {
    const key = parsePublicJwk(member)
    if (!key.ok || seen.has(jwkThumbprint(key.value))) return undefined
    seen.add(jwkThumbprint(key.value))
    keys.push(key.value)
  }
  return keys
}

const readTexts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((member) => typeof member === 'string') : []

export interface CreateKeyAttestationOptions {
  /** The attester's, with its certificates. */
  readonly signer: Signer
  readonly keys: readonly PublicJwk[]
  readonly issuedAt: Date
  readonly expiresAt: Date
  readonly nonce?: string
  readonly keyStorage?: readonly string[]
  readonly userAuthentication?: readonly string[]
}

/** Signs what a wallet provider attests about keys of its wallet. */
export const createKeyAttestation = (options: CreateKeyAttestationOptions): Promise<string> => {
  const { signer, keys, issuedAt, expiresAt, nonce, keyStorage, userAuthentication } = options
  return signJws({
    header: { typ: 'key-attestation+jwt' },
    payload: {
      iat: Math.floor(issuedAt.getTime() / 1000),
      exp: Math.floor(expiresAt.getTime() / 1000),
      attested_keys: keys.map(({ kty, crv, x, y }) => ({ kty, crv, x, y })),
      ...(nonce !== undefined && { nonce }),
      ...(keyStorage && { key_storage: keyStorage }),
      ...(userAuthentication && { user_authentication: userAuthentication }),
    },
    signer,
    includeX5c: true,
  })
}
