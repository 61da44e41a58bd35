import type { KeyObject } from 'node:crypto'
import type { JwsLimits } from '../jose/jws.ts'
import { accept, type Result, refuse } from '../result.ts'
import { verifyVcSignature } from './algorithms.ts'
import { parseVcJwt, type VcJwt, type VcJwtRefusal } from './parse-vc-jwt.ts'

export interface VerifyVcJwtOptions {
  readonly token: string
  /** All keys the issuer may have used; found by the caller, never taken from the token. */
  readonly keys: readonly KeyObject[]
  readonly now: Date
  readonly limits?: JwsLimits
}

export type VcPeriodRefusal = 'not_yet_valid' | 'expired'

const clockSkewMilliseconds = 60_000

/**
 * Verifies a VC-JWT in one step: shape, envelope, signature, claims and times (V-25, V-27). It knows nothing of trust
 * and status, and an unknown JSON-LD context in it is the caller's to report.
 */
export function verifyVcJwt(
  options: VerifyVcJwtOptions,
): Result<VcJwt, VcJwtRefusal | VcPeriodRefusal | 'signature_invalid'> {
  const parsed = parseVcJwt(options.token, options.limits)
  if (!parsed.ok) return parsed
  const { jws } = parsed.value
  if (!options.keys.some((key) => verifyVcSignature(jws, key))) {
    return refuse('signature_invalid', 'None of the issuer’s keys signed this credential.')
  }
  const period = checkVcPeriod(parsed.value, options.now)
  return period.ok ? parsed : period
}

/**
 * Both the credential's own period and that of its signature count. The ends hold without tolerance, the beginnings
 * with a minute of clock skew (V-25, V-29).
 */
export function checkVcPeriod(
  { facts, issuedAt, notBefore, expiresAt }: VcJwt,
  now: Date,
): Result<undefined, VcPeriodRefusal> {
  const latest = now.getTime() + clockSkewMilliseconds
  if ([issuedAt, notBefore, facts.validFrom].some((from) => from && from.getTime() > latest)) {
    return refuse('not_yet_valid', 'The credential is not valid yet.')
  }
  if ([expiresAt, facts.validUntil].some((until) => until && until <= now)) {
    return refuse('expired', 'The credential has expired.')
  }
  return accept(undefined)
}
