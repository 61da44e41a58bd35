import type { KeyObject } from 'node:crypto'
import type { JwsLimits } from '../jose/jws.ts'
import { accept, type Result, refuse } from '../result.ts'
import { verifyVcSignature } from './algorithms.ts'
import { parseVpJwt, type VpJwt, type VpJwtRefusal } from './parse-vp-jwt.ts'

export interface VerifyVpJwtOptions {
  readonly token: string
  /** Keys the credentials are bound to: `cnf` of each, or those of the subject. */
  readonly holderKeys: readonly KeyObject[]
  readonly now: Date
  /** The request it must answer. Absent only where there was none: then it may be a replay. */
  readonly request?: { readonly audience: string; readonly nonce: string }
  readonly limits?: JwsLimits
}

const clockSkewMilliseconds = 60_000

export type VpJwtVerificationRefusal =
  | VpJwtRefusal
  | 'signature_invalid'
  | 'audience_mismatch'
  | 'nonce_mismatch'
  | 'not_yet_valid'
  | 'expired'

/** Verifies that a holder made this presentation for this request (V-26); the credentials in it come after. */
export function verifyVpJwt(options: VerifyVpJwtOptions): Result<VpJwt, VpJwtVerificationRefusal> {
  const parsed = parseVpJwt(options.token, options.limits)
  return parsed.ok ? checkVpJwt(parsed.value, options) : parsed
}

/** The same for a presentation that was taken apart before. */
export function checkVpJwt(
  presentation: VpJwt,
  { holderKeys, now, request }: Omit<VerifyVpJwtOptions, 'token' | 'limits'>,
): Result<VpJwt, VpJwtVerificationRefusal> {
  const { jws, issuedAt, notBefore, expiresAt } = presentation
  if (!holderKeys.some((key) => verifyVcSignature(jws, key)))
    return refuse('signature_invalid', 'None of the holder’s keys signed this presentation.')
  // S-03: one exact audience; a list would let one presentation serve several verifiers.
  if (request && jws.payload.aud !== request.audience)
    return refuse('audience_mismatch', 'The presentation is for somebody else.')
  if (request && jws.payload.nonce !== request.nonce)
    return refuse('nonce_mismatch', 'The presentation answers another request.')
  const latest = now.getTime() + clockSkewMilliseconds
  if ([issuedAt, notBefore].some((from) => from && from.getTime() > latest))
    return refuse('not_yet_valid', 'The presentation is from the future.')
  if (expiresAt && expiresAt <= now) return refuse('expired', 'The presentation has expired.')
  return accept(presentation)
}
