import { isObject } from '../jose/json.ts'
import { type Jws, type JwsRefusal, parseJws } from '../jose/jws.ts'
import { accept, type Result, refuse } from '../result.ts'
import { isReplacementReason, type ReplacementReason } from './reasons.ts'

/** A replacement statement taken apart; not to be believed before `verifyReplacement` said so. */
export interface Replacement {
  readonly jws: Jws
  readonly issuer: string
  /** The UUID of the credential that was replaced. */
  readonly credentialId: string
  readonly replacedAt: Date
  readonly reason: ReplacementReason
  readonly replacedBy: { readonly awardId: string; readonly credentialIds: readonly string[] }
  readonly issuedAt: Date
  readonly expiresAt: Date
}

export type ReplacementRefusal =
  | JwsRefusal
  | 'replacement_malformed'
  | 'replacement_signature'
  | 'replacement_mismatch'
  | 'replacement_expired'
  | 'replacement_not_yet_valid'

const maxLength = 65_536
const maxCredentials = 256

/** Takes a replacement statement apart: a compact JWS of type `replacement+jwt`, at most 64 KiB. */
export function parseReplacement(token: string): Result<Replacement, ReplacementRefusal> {
  const jws = parseJws(token, { length: maxLength })
  if (!jws.ok) return jws
  // S-04: another token of the same issuer must never pass as its statement about a replacement.
  if (jws.value.header.typ !== 'replacement+jwt')
    return malformed('Its typ is not replacement+jwt.')
  const { iss, sub, iat, exp, replaced_at, reason, replaced_by } = jws.value.payload
  const credentialId = readUrn(sub)
  if (typeof iss !== 'string' || iss === '' || credentialId === undefined)
    return malformed('It lacks iss, or its sub is not a UUID.')
  if (!isNumericDate(iat) || !isNumericDate(exp) || !isNumericDate(replaced_at))
    return malformed('Its iat, exp or replaced_at is not a numeric date.')
  if (!isReplacementReason(reason)) return malformed('Its reason is none of the known ones.')
  const replacedBy = readSuccessor(replaced_by)
  if (!replacedBy) return malformed('Its replaced_by names no award, or a credential by no UUID.')
  return accept({
    jws: jws.value,
    issuer: iss,
    credentialId,
    replacedAt: new Date(replaced_at * 1000),
    reason,
    replacedBy,
    issuedAt: new Date(iat * 1000),
    expiresAt: new Date(exp * 1000),
  })
}

function readSuccessor(value: unknown): Replacement['replacedBy'] | undefined {
  if (!isObject(value) || !Array.isArray(value.credentials)) return undefined
  const awardId = readUrn(value.award)
  if (awardId === undefined || value.credentials.length > maxCredentials) return undefined
  const credentialIds = value.credentials.flatMap((each: unknown) => readUrn(each) ?? [])
  return credentialIds.length === value.credentials.length ? { awardId, credentialIds } : undefined
}

/** The UUID of a `urn:uuid:` name (RFC 9562 4), in lower case; without the prefix it is taken too. */
export function readUrn(value: unknown): string | undefined {
  const [, id] =
    (typeof value === 'string' &&
      /^(?:urn:uuid:)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.exec(value)) ||
    []
  return id?.toLowerCase()
}

const isNumericDate = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 8e12

const malformed = (detail: string) =>
  refuse('replacement_malformed', `The replacement statement is malformed. ${detail}`)
