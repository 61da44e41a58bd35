import { importPublicJwk, type PublicJwk } from '../jose/jwk.ts'
import { parseJws, signJws, verifyJws } from '../jose/jws.ts'
import type { Signer } from '../jose/signer.ts'
import { accept, type Result, refuse } from '../result.ts'
import { sdDigest } from './hash.ts'
import { parseSdJwt, type SdJwt } from './parse.ts'

export interface CreateKeyBindingOptions {
  /** `<jwt>~<disclosure>~…~`, exactly as it will be presented. */
  readonly sdJwt: string
  readonly nonce: string
  /** The verifier's full Client Identifier, prefix included (W-38). */
  readonly audience: string
  readonly issuedAt: Date
  /** The key in the credential's `cnf`. */
  readonly signer: Signer
}

/**
 * Signs a Key Binding JWT (RFC 9901 4.3); append it to the SD-JWT.
 * @throws TypeError when `sdJwt` is not an SD-JWT without key binding.
 */
export async function createKeyBindingJwt(options: CreateKeyBindingOptions): Promise<string> {
  const sdJwt = parseSdJwt(options.sdJwt)
  if (!sdJwt.ok || sdJwt.value.keyBindingJwt)
    throw new TypeError('A key binding needs an SD-JWT that ends in a tilde.')
  return signJws({
    header: { typ: 'kb+jwt' },
    payload: {
      iat: Math.floor(options.issuedAt.getTime() / 1000),
      aud: options.audience,
      nonce: options.nonce,
      sd_hash: sdDigest(options.sdJwt, sdJwt.value.hashAlgorithm),
    },
    signer: options.signer,
  })
}

export interface VerifyKeyBindingOptions {
  readonly sdJwt: SdJwt
  /** From the credential's `cnf`, and from nowhere else. */
  readonly holderKey: PublicJwk
  readonly nonce: string
  readonly audience: string
  readonly now: Date
  /** How long ago the holder may have signed. */
  readonly maxAgeSeconds: number
  /** How far ahead the holder's clock may be. Default 60. */
  readonly clockSkewSeconds?: number
}

export type KeyBindingRefusal =
  | 'key_binding_missing'
  | 'key_binding_malformed'
  | 'key_binding_signature'
  | 'key_binding_audience'
  | 'key_binding_nonce'
  | 'key_binding_time'
  | 'key_binding_hash'

/** Checks the Key Binding JWT (RFC 9901 7.3 step 5, V-15). */
export function verifyKeyBinding(
  options: VerifyKeyBindingOptions,
): Result<{ readonly issuedAt: Date }, KeyBindingRefusal> {
  const { sdJwt, holderKey } = options
  if (!sdJwt.keyBindingJwt)
    return refuse('key_binding_missing', 'The presentation has no Key Binding JWT.')
  const parsed = parseJws(sdJwt.keyBindingJwt)
  if (!parsed.ok) return refuse('key_binding_malformed', 'The Key Binding JWT cannot be read.')
  const { header, payload } = parsed.value
  if (header.typ !== 'kb+jwt')
    return refuse('key_binding_malformed', 'The Key Binding JWT has another typ than kb+jwt.')
  if (!verifyJws(parsed.value, importPublicJwk(holderKey))) {
    return refuse('key_binding_signature', 'The holder’s key did not sign the Key Binding JWT.')
  }
  if (payload.aud !== options.audience) {
    return refuse('key_binding_audience', 'The Key Binding JWT was made for another verifier.')
  }
  if (payload.nonce !== options.nonce) {
    return refuse('key_binding_nonce', 'The Key Binding JWT answers another request.')
  }
  if (payload.sd_hash !== sdDigest(sdJwt.presented, sdJwt.hashAlgorithm)) {
    return refuse(
      'key_binding_hash',
      'The Key Binding JWT covers other Disclosures than those presented.',
    )
  }
  // RFC 7519 4.1.4: a KB-JWT needs no `exp`, but one that has it must not be used after it.
  if (payload.exp !== undefined && !isAfter(payload.exp, options.now)) {
    return refuse('key_binding_time', 'The Key Binding JWT has expired.')
  }
  return checkTime(payload.iat, options)
}

const isAfter = (time: unknown, now: Date) =>
  typeof time === 'number' && time * 1000 > now.getTime()

function checkTime(
  iat: unknown,
  { now, maxAgeSeconds, clockSkewSeconds = 60 }: VerifyKeyBindingOptions,
): Result<{ readonly issuedAt: Date }, KeyBindingRefusal> {
  if (typeof iat !== 'number' || !Number.isFinite(iat)) {
    return refuse('key_binding_malformed', 'The Key Binding JWT has no time of issue.')
  }
  const age = now.getTime() / 1000 - iat
  if (age < -clockSkewSeconds || age > maxAgeSeconds) {
    return refuse('key_binding_time', 'The Key Binding JWT is too old or from the future.')
  }
  return accept({ issuedAt: new Date(iat * 1000) })
}
