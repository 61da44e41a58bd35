import { X509Certificate } from 'node:crypto'
import { isDay, stockholmDate } from '../domain/dates.ts'
import type { MicroCredential } from '../formats/micro-credential.ts'
import { normaliseLearningCredential } from '../formats/normalise-learning-credential.ts'
import { verifyJws } from '../jose/jws.ts'
import { verifyKeyBinding } from '../sd-jwt/key-binding.ts'
import type { SdJwt } from '../sd-jwt/parse.ts'
import type { ProcessedSdJwt } from '../sd-jwt/process.ts'
import { type RegisteredClaims, readRegisteredClaims } from '../sd-jwt-vc/registered-claims.ts'
import { parseSdJwtVc, processSdJwtVc } from '../sd-jwt-vc/verify.ts'
import { type CheckResult, invalid, undetermined, valid } from './checklist.ts'
import type { VerificationContext } from './context.ts'
import type { ResolvedKeys } from './resolve-keys.ts'

export interface ReadCredential {
  readonly sdJwt: SdJwt
  /** Registered claims are never hidden: the signed payload holds them all (F-12). */
  readonly claims: RegisteredClaims
}

export function checkFormat(token: string): CheckResult<ReadCredential> {
  const sdJwt = parseSdJwtVc(token)
  if (!sdJwt.ok) return invalid('format_invalid', { format: 'sd_jwt_vc', cause: sdJwt.code })
  const claims = readRegisteredClaims(sdJwt.value.jws.payload)
  if (!claims.ok) return invalid('format_invalid', { format: 'sd_jwt_vc', cause: claims.code })
  return valid('format_valid', {
    value: { sdJwt: sdJwt.value, claims: claims.value },
    evidence: { format: 'sd_jwt_vc' },
  })
}

/** Signatures that others make in earnest (IANA, JOSE): not being able to check one accuses nobody. */
const otherAlgorithms: ReadonlySet<string> = new Set([
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
  'PS256',
  'PS384',
  'PS512',
  'RS256',
  'RS384',
  'RS512',
])

/** Without a trusted key the certificate in the token still tells whether the token was altered. */
export function checkSignature(
  { jws }: Pick<SdJwt, 'jws'>,
  resolved: ResolvedKeys | undefined,
): CheckResult<true> {
  const { alg } = jws.header
  if (otherAlgorithms.has(alg)) return undetermined('algorithm_unsupported', { alg })
  if (resolved) {
    return resolved.keys.some((key) => verifyJws(jws, key))
      ? valid('signature_valid', { value: true })
      : invalid('signature_invalid')
  }
  const leaf = jws.header.x5c?.[0]
  const isAltered =
    leaf !== undefined &&
    !verifyJws(jws, new X509Certificate(Buffer.from(leaf, 'base64')).publicKey)
  return isAltered ? invalid('signature_invalid') : undetermined('signature_not_checked')
}

export function checkDisclosures(sdJwt: SdJwt): CheckResult<ProcessedSdJwt> {
  const processed = processSdJwtVc(sdJwt)
  return processed.ok
    ? valid('disclosures_valid', {
        value: processed.value,
        evidence: { count: sdJwt.disclosures.length },
      })
    : invalid('disclosures_invalid', { cause: processed.code })
}

export const checkType = (
  vct: string,
  { acceptedVct }: VerificationContext,
): CheckResult<undefined> =>
  !acceptedVct || acceptedVct.includes(vct)
    ? valid('type_accepted', { evidence: { vct } })
    : invalid('type_not_accepted', { vct })

const greatestSkewSeconds = 60

export const skewOf = ({ clockSkewSeconds = greatestSkewSeconds }: VerificationContext): number =>
  Math.min(Math.max(clockSkewSeconds, 0), greatestSkewSeconds)

/** V-29: `iat` and `nbf` with a little clock skew, `exp` with none. */
export function checkPeriod(
  { issuedAt, notBefore, expiresAt }: RegisteredClaims,
  dateOfExpiry: unknown,
  context: VerificationContext,
): CheckResult<undefined> {
  const { now } = context
  const skew = skewOf(context) * 1000
  const starts = [issuedAt, notBefore].filter((start) => start !== undefined)
  if (starts.some((start) => start.getTime() > now.getTime() + skew))
    return invalid('not_yet_valid')
  // The two differ: a document runs out, a competence lapses (domain.md section 5, Time).
  if (typeof dateOfExpiry === 'string' && isDay(dateOfExpiry) && dateOfExpiry < stockholmDate(now))
    return invalid('achievement_expired', { validUntil: dateOfExpiry })
  if (expiresAt && expiresAt <= now)
    return invalid('expired', { expiredAt: expiresAt.toISOString() })
  return valid('period_valid', {
    evidence: expiresAt ? { expiresAt: expiresAt.toISOString() } : {},
  })
}

/** V-15. Without a request to compare with, a presentation's binding proves nothing to us. */
export function checkKeyBinding(
  sdJwt: SdJwt,
  { holderKey }: RegisteredClaims,
  context: VerificationContext,
): CheckResult<Date> {
  const { keyBinding, now } = context
  if (!keyBinding) return undetermined('key_binding_not_checked')
  if (!holderKey) return invalid('key_binding_invalid', { cause: 'holder_key_missing' })
  const clockSkewSeconds = skewOf(context)
  const bound = verifyKeyBinding({ sdJwt, holderKey, now, clockSkewSeconds, ...keyBinding })
  return bound.ok
    ? valid('key_binding_valid', { value: bound.value.issuedAt })
    : invalid('key_binding_invalid', { cause: bound.code })
}

export function checkContent(
  payload: Readonly<Record<string, unknown>>,
): CheckResult<MicroCredential> {
  const normalised = normaliseLearningCredential(payload)
  if (!normalised.ok) return undetermined('content_unknown')
  const { value } = normalised
  // A credential without a title of its own is of a type we cannot read; show what we have, vouch for nothing.
  return value.title === value.type
    ? { ...undetermined('content_unknown'), value }
    : valid('content_valid', { value })
}
