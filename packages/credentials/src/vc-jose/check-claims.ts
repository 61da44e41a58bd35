import { accept, type Result, refuse } from '../result.ts'
import { parseNumericDate } from './date-time.ts'
import type { CredentialFacts } from './read-credential.ts'

export interface ClaimTimes {
  readonly issuedAt?: Date
  readonly notBefore?: Date
  /** When the signature runs out, which may be before the credential does (VC-JOSE-COSE 3.1.3). */
  readonly expiresAt?: Date
}

export type ClaimsRefusal = 'claim_malformed' | 'claim_mismatch' | 'claim_missing'

type Payload = Readonly<Record<string, unknown>>

/**
 * Compares the JWT claims with the properties that mean the same (V-25): `iss` with the issuer, `jti` with the id,
 * `sub` with the subject. Verifiers disagree on which of two to believe, so a difference is refused.
 */
export function checkClaims(
  payload: Payload,
  facts: Partial<Pick<CredentialFacts, 'issuer' | 'id' | 'subjectId'>>,
): Result<ClaimTimes, ClaimsRefusal> {
  const pairs = [
    ['iss', facts.issuer],
    ['jti', facts.id],
    ['sub', facts.subjectId],
  ] as const
  for (const [claim, property] of pairs) {
    const value = payload[claim]
    if (value === undefined) continue
    if (typeof value !== 'string') return refuse('claim_malformed', `${claim} is not a text.`)
    if (property !== undefined && value !== property) return mismatch(claim)
  }
  return readTimes(payload)
}

/**
 * Open Badges 3.0, "Verify a Credential VC-JWT Signature" (V-27): the claims equal their properties and, save in a
 * `vc+jwt`, whose specification does not ask for them, are there.
 */
export function checkOpenBadgeClaims(
  payload: Payload,
  facts: CredentialFacts,
  times: ClaimTimes,
  { areRequired }: { readonly areRequired: boolean },
): Result<undefined, ClaimsRefusal> {
  const texts = [
    ['iss', facts.issuer],
    ['jti', facts.id],
    ['sub', facts.subjectId],
  ] as const
  for (const [claim, property] of texts) {
    if (payload[claim] === undefined) {
      // A badge may name its recipient by identifier alone; then there is nothing `sub` could be.
      if (areRequired && property !== undefined) return missing(claim)
    } else if (payload[claim] !== property) {
      return mismatch(claim)
    }
  }
  if (areRequired && !times.notBefore) return missing('nbf')
  if (areRequired && facts.validUntil && !times.expiresAt) return missing('exp')
  if (times.notBefore && !isSameMoment(times.notBefore, facts.validFrom)) return mismatch('nbf')
  if (times.expiresAt && !isSameMoment(times.expiresAt, facts.validUntil)) return mismatch('exp')
  return accept(undefined)
}

function readTimes(payload: Payload): Result<ClaimTimes, ClaimsRefusal> {
  const notBefore = parseNumericDate(payload.nbf)
  const expiresAt = parseNumericDate(payload.exp)
  if (payload.nbf !== undefined && !notBefore)
    return refuse('claim_malformed', 'nbf is not a numeric date.')
  if (payload.exp !== undefined && !expiresAt)
    return refuse('claim_malformed', 'exp is not a numeric date.')
  // Nothing becomes valid through iat: what is no date (the W3C's own vectors write a text) tells us nothing.
  const issuedAt = parseNumericDate(payload.iat)
  return accept({
    ...(issuedAt && { issuedAt }),
    ...(notBefore && { notBefore }),
    ...(expiresAt && { expiresAt }),
  })
}

/** A NumericDate has whole seconds as a rule, a property may have fractions of one. */
const isSameMoment = (claim: Date, property: Date | undefined) =>
  property !== undefined &&
  Math.floor(claim.getTime() / 1000) === Math.floor(property.getTime() / 1000)

const mismatch = (claim: string) =>
  refuse('claim_mismatch', `The claim ${claim} differs from the property it repeats.`)

const missing = (claim: string) => refuse('claim_missing', `The claim ${claim} is missing.`)
