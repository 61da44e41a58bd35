import type { KeyObject } from 'node:crypto'
import { verifyJws } from '../jose/jws.ts'
import { accept, type Result, refuse } from '../result.ts'
import { type Replacement, type ReplacementRefusal, readUrn } from './parse.ts'

export interface VerifyReplacementOptions {
  readonly replacement: Replacement
  /** Who issued the credential, as the credential says. */
  readonly issuer: string
  /** The `jti` or `id` of the credential, with or without `urn:uuid:`. */
  readonly credentialId: string
  /** Keys that may have signed for that issuer, found by the caller. */
  readonly keys: readonly KeyObject[]
  readonly now: Date
}

const clockSkewMilliseconds = 60_000

/** Checks a replacement statement before anything in it is believed: who signed, about what, and when. */
export function verifyReplacement({
  replacement,
  issuer,
  credentialId,
  keys,
  now,
}: VerifyReplacementOptions): Result<Replacement, ReplacementRefusal> {
  if (!keys.some((key) => verifyJws(replacement.jws, key)))
    return refuse('replacement_signature', 'None of the issuer’s keys signed the statement.')
  if (replacement.issuer !== issuer)
    return refuse('replacement_mismatch', 'The statement is another issuer’s.')
  if (replacement.credentialId !== readUrn(credentialId))
    return refuse('replacement_mismatch', 'The statement is about another credential.')
  if (replacement.replacedBy.credentialIds.includes(replacement.credentialId))
    return refuse('replacement_mismatch', 'The statement replaces the credential by itself.')
  const latest = now.getTime() + clockSkewMilliseconds
  if (replacement.issuedAt.getTime() > latest || replacement.replacedAt.getTime() > latest)
    return refuse('replacement_not_yet_valid', 'The statement is from the future.')
  return replacement.expiresAt <= now
    ? refuse('replacement_expired', 'The statement has expired.')
    : accept(replacement)
}
