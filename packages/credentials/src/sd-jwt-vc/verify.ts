import type { KeyObject } from 'node:crypto'
import { verifyJws } from '../jose/jws.ts'
import { accept, type Result, refuse } from '../result.ts'
import { type KeyBindingRefusal, verifyKeyBinding } from '../sd-jwt/key-binding.ts'
import { parseSdJwt, type SdJwt, type SdJwtRefusal } from '../sd-jwt/parse.ts'
import { type ProcessedSdJwt, type ProcessingRefusal, processSdJwt } from '../sd-jwt/process.ts'
import {
  type ClaimRefusal,
  neverDisclosable,
  type RegisteredClaims,
  readRegisteredClaims,
} from './registered-claims.ts'

export interface KeyBindingExpectation {
  readonly nonce: string
  readonly audience: string
  readonly maxAgeSeconds: number
}

export interface VerifySdJwtVcOptions {
  readonly token: string
  /** The issuer's key, or all keys it may have used; found by the caller, never in the token. */
  readonly key: KeyObject | readonly KeyObject[]
  readonly now: Date
  /** Given: a key binding is required and must match. Absent: the token must have none. */
  readonly keyBinding?: KeyBindingExpectation
}

export interface VerifiedSdJwtVc extends RegisteredClaims, ProcessedSdJwt {
  readonly keyBoundAt?: Date
}

export type SdJwtVcRefusal =
  | SdJwtRefusal
  | ProcessingRefusal
  | KeyBindingRefusal
  | ClaimRefusal
  | 'typ_unexpected'
  | 'signature_invalid'
  | 'claim_not_disclosable'
  | 'not_yet_valid'
  | 'expired'
  | 'key_binding_unexpected'

const clockSkewMilliseconds = 60_000

/**
 * Verifies an SD-JWT VC in one step: shape, type, signature, Disclosures, times and, when asked, key binding.
 * It knows nothing of trust and status; {@link ../verification} adds them and reports check by check.
 */
export function verifySdJwtVc(
  options: VerifySdJwtVcOptions,
): Result<VerifiedSdJwtVc, SdJwtVcRefusal> {
  const sdJwt = parseSdJwtVc(options.token)
  if (!sdJwt.ok) return sdJwt
  const keys = [options.key].flat()
  if (!keys.some((key) => verifyJws(sdJwt.value.jws, key))) {
    return refuse('signature_invalid', 'None of the issuer’s keys signed this credential.')
  }
  const processed = processSdJwtVc(sdJwt.value)
  if (!processed.ok) return processed
  const claims = readRegisteredClaims(processed.value.payload)
  if (!claims.ok) return claims
  const times = checkValidityPeriod(claims.value, options.now)
  if (!times.ok) return times
  const bound = checkKeyBinding(sdJwt.value, claims.value, options)
  if (!bound.ok) return bound
  return accept({
    ...processed.value,
    ...claims.value,
    ...(bound.value && { keyBoundAt: bound.value }),
  })
}

/** Takes the token apart and demands `typ` `dc+sd-jwt` (F-03, S-04). */
export function parseSdJwtVc(token: string): Result<SdJwt, SdJwtRefusal | 'typ_unexpected'> {
  const sdJwt = parseSdJwt(token)
  if (!sdJwt.ok) return sdJwt
  return sdJwt.value.jws.header.typ === 'dc+sd-jwt'
    ? sdJwt
    : refuse('typ_unexpected', 'The token’s typ is not dc+sd-jwt.')
}

/** RFC 9901 processing, and no registered claim may have come from a Disclosure (F-12). */
export function processSdJwtVc(
  sdJwt: SdJwt,
): Result<ProcessedSdJwt, ProcessingRefusal | 'claim_not_disclosable'> {
  const processed = processSdJwt(sdJwt)
  if (!processed.ok) return processed
  const hidden = processed.value.disclosed.some(
    // Neither whole nor in part: a hidden `cnf.jwk` would be as good as a hidden `cnf`.
    ({ path }) => neverDisclosable.has(String(path[0])),
  )
  return hidden
    ? refuse(
        'claim_not_disclosable',
        'A claim that must always be visible comes from a Disclosure.',
      )
    : processed
}

/** `exp` without tolerance, `nbf` and `iat` with a minute of clock skew (V-29). */
export function checkValidityPeriod(
  { issuedAt, notBefore, expiresAt }: RegisteredClaims,
  now: Date,
): Result<undefined, 'not_yet_valid' | 'expired'> {
  const latest = now.getTime() + clockSkewMilliseconds
  if ([issuedAt, notBefore].some((from) => from && from.getTime() > latest)) {
    return refuse('not_yet_valid', 'The credential is not valid yet.')
  }
  if (expiresAt && expiresAt <= now) return refuse('expired', 'The credential has expired.')
  return accept(undefined)
}

function checkKeyBinding(
  sdJwt: SdJwt,
  { holderKey }: RegisteredClaims,
  { keyBinding, now }: VerifySdJwtVcOptions,
): Result<Date | undefined, KeyBindingRefusal | 'key_binding_unexpected'> {
  if (!keyBinding) {
    // RFC 9901 7.3: whether a key binding is needed never depends on whether one happens to be there.
    return sdJwt.keyBindingJwt
      ? refuse('key_binding_unexpected', 'A key binding came without having been asked for.')
      : accept(undefined)
  }
  if (!holderKey) return refuse('key_binding_missing', 'The credential is bound to no key.')
  const bound = verifyKeyBinding({ sdJwt, holderKey, now, ...keyBinding })
  return bound.ok ? accept(bound.value.issuedAt) : bound
}
