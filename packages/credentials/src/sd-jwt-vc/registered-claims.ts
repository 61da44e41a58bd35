import { isObject } from '../jose/json.ts'
import { type PublicJwk, parsePublicJwk } from '../jose/jwk.ts'
import { accept, type Result, refuse } from '../result.ts'

/** SD-JWT VC, "Registered JWT Claims": these must not be selectively disclosed (F-12). */
export const neverDisclosable: ReadonlySet<string> = new Set([
  'iss',
  'nbf',
  'exp',
  'cnf',
  'vct',
  'vct#integrity',
  'aka_vcts',
  'status',
])

export interface StatusListReference {
  readonly uri: string
  readonly idx: number
}

export interface RegisteredClaims {
  readonly vct: string
  readonly issuer?: string
  readonly holderKey?: PublicJwk
  readonly status?: StatusListReference
  /** A `status` claim of a mechanism we do not know. */
  readonly unknownStatus: boolean
  readonly issuedAt?: Date
  readonly notBefore?: Date
  readonly expiresAt?: Date
}

export type ClaimRefusal = 'claim_malformed' | 'vct_missing'

/** Reads the registered claims of an SD-JWT VC, each of the type its specification gives it (F-19, F-20). */
export function readRegisteredClaims(
  payload: Readonly<Record<string, unknown>>,
): Result<RegisteredClaims, ClaimRefusal> {
  const { vct, iss, cnf, status } = payload
  if (typeof vct !== 'string' || vct === '')
    return refuse('vct_missing', 'The credential does not say its type (vct).')
  if (iss !== undefined && typeof iss !== 'string')
    return refuse('claim_malformed', 'iss is not a text.')
  const times = readTimes(payload)
  if (!times.ok) return times
  const holderKey = readHolderKey(cnf)
  if (!holderKey.ok) return holderKey
  const reference = readStatus(status)
  if (!reference.ok) return reference
  return accept({
    vct,
    ...(iss !== undefined && { issuer: iss }),
    ...(holderKey.value && { holderKey: holderKey.value }),
    ...(reference.value && { status: reference.value }),
    unknownStatus: status !== undefined && reference.value === undefined,
    ...times.value,
  })
}

function readTimes(payload: Readonly<Record<string, unknown>>) {
  const times: { issuedAt?: Date; notBefore?: Date; expiresAt?: Date } = {}
  for (const [claim, member] of [
    ['iat', 'issuedAt'],
    ['nbf', 'notBefore'],
    ['exp', 'expiresAt'],
  ] as const) {
    const value = payload[claim]
    if (value === undefined) continue
    if (typeof value !== 'number' || !Number.isFinite(value) || Math.abs(value) > 8e12) {
      return refuse('claim_malformed', `${claim} is not a numeric date.`)
    }
    times[member] = new Date(value * 1000)
  }
  return accept(times)
}

function readHolderKey(cnf: unknown): Result<PublicJwk | undefined, ClaimRefusal> {
  if (cnf === undefined) return accept(undefined)
  const members = isObject(cnf) ? Object.keys(cnf) : []
  const jwk = isObject(cnf) && members.length === 1 ? parsePublicJwk(cnf.jwk) : undefined
  return jwk?.ok
    ? accept(jwk.value)
    : refuse('claim_malformed', 'cnf does not hold exactly one supported public key.')
}

function readStatus(status: unknown): Result<StatusListReference | undefined, ClaimRefusal> {
  if (status === undefined) return accept(undefined)
  if (!isObject(status)) return refuse('claim_malformed', 'status is not an object.')
  if (status.status_list === undefined) return accept(undefined)
  const list = status.status_list
  const { uri, idx } = isObject(list) ? list : {}
  return typeof uri === 'string' && typeof idx === 'number' && Number.isSafeInteger(idx) && idx >= 0
    ? accept({ uri, idx })
    : refuse('claim_malformed', 'status_list does not hold a uri and an index.')
}
