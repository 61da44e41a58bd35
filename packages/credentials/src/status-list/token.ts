import type { KeyObject } from 'node:crypto'
import { deflate, inflateSync } from 'node:zlib'
import { decodeBase64url, encodeBase64url } from '../jose/base64url.ts'
import { isObject } from '../jose/json.ts'
import { type Jws, type JwsRefusal, parseJws, signJws, verifyJws } from '../jose/jws.ts'
import type { Signer } from '../jose/signer.ts'
import { accept, type Result, refuse } from '../result.ts'
import { isStatusBits, readStatus, type StatusBits } from './status-bits.ts'

export interface SignStatusListTokenOptions {
  /** Where the token is served, and what credentials name: `sub`. */
  readonly uri: string
  readonly bits: StatusBits
  readonly bytes: Uint8Array
  readonly issuedAt: Date
  readonly expiresAt?: Date
  /** Seconds for which a verifier may keep it. */
  readonly ttl?: number
  readonly signer: Signer
}

/** Signs a Status List Token (draft-ietf-oauth-status-list-20, section 5.1), with the signer's certificate chain. */
export async function signStatusListToken(options: SignStatusListTokenOptions): Promise<string> {
  const { uri, bits, bytes, issuedAt, expiresAt, ttl, signer } = options
  return signJws({
    header: { typ: 'statuslist+jwt' },
    payload: {
      sub: uri,
      iat: Math.floor(issuedAt.getTime() / 1000),
      ...(expiresAt && { exp: Math.floor(expiresAt.getTime() / 1000) }),
      ...(ttl && { ttl }),
      status_list: { bits, lst: encodeBase64url(await compress(bytes)) },
    },
    signer,
    includeX5c: true,
  })
}

/** In another thread: a million entries take longer than an event loop may be held up (design.md 5). */
const compress = (bytes: Uint8Array): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    deflate(bytes, { level: 9 }, (error, compressed) =>
      error ? reject(error) : resolve(compressed),
    )
  })

export interface StatusListToken {
  readonly jws: Jws
  readonly uri: string
  readonly bits: StatusBits
  readonly bytes: Uint8Array
  readonly issuedAt: Date
  readonly expiresAt?: Date
  readonly ttl?: number
}

export type StatusListRefusal =
  | JwsRefusal
  | 'status_list_malformed'
  | 'status_list_too_large'
  | 'status_list_signature'
  | 'status_list_mismatch'
  | 'status_list_expired'
  | 'status_list_not_yet_valid'

const maxTokenLength = 1_048_576
const maxInflatedBytesDefault = 8 * 1024 * 1024

/** Takes a Status List Token apart. The list inflates to at most `maxInflatedBytes` (default 8 MiB, S-10). */
export function parseStatusListToken(
  token: string,
  { maxInflatedBytes = maxInflatedBytesDefault }: { readonly maxInflatedBytes?: number } = {},
): Result<StatusListToken, StatusListRefusal> {
  const jws = parseJws(token, { length: maxTokenLength })
  if (!jws.ok) return jws
  const { header, payload } = jws.value
  if (header.typ !== 'statuslist+jwt') return malformed('Its typ is not statuslist+jwt.')
  const { sub, iat, exp, ttl } = payload
  if (typeof sub !== 'string' || !isNumericDate(iat)) return malformed('It lacks sub or iat.')
  if (exp !== undefined && !isNumericDate(exp)) return malformed('Its exp is not a numeric date.')
  if (ttl !== undefined && !(isNumericDate(ttl) && ttl > 0))
    return malformed('Its ttl is not a positive number.')
  const list = parseStatusList(payload.status_list, maxInflatedBytes)
  if (!list.ok) return list
  return accept({
    jws: jws.value,
    uri: sub,
    ...list.value,
    issuedAt: new Date(iat * 1000),
    ...(exp !== undefined && { expiresAt: new Date(exp * 1000) }),
    ...(ttl !== undefined && { ttl }),
  })
}

/** Reads the `status_list` object (section 4.2). */
export function parseStatusList(
  value: unknown,
  maxInflatedBytes = maxInflatedBytesDefault,
): Result<
  { bits: StatusBits; bytes: Uint8Array },
  'status_list_malformed' | 'status_list_too_large'
> {
  if (!isObject(value)) return malformed('It has no status_list.')
  const { bits, lst } = value
  const compressed = typeof lst === 'string' ? decodeBase64url(lst) : undefined
  if (!isStatusBits(bits) || !compressed)
    return malformed('Its status_list has wrong bits or no list.')
  try {
    return accept({ bits, bytes: inflateSync(compressed, { maxOutputLength: maxInflatedBytes }) })
  } catch (error) {
    return error instanceof RangeError // ERR_BUFFER_TOO_LARGE is one
      ? refuse('status_list_too_large', 'The status list inflates beyond the limit.')
      : malformed('Its list is not ZLIB data.')
  }
}

export interface VerifyStatusListOptions {
  readonly token: StatusListToken
  /** The `uri` of the credential's status claim. */
  readonly uri: string
  readonly keys: readonly KeyObject[]
  readonly now: Date
}

/** Checks a Status List Token before a status is read from it (section 8.3, V-20). */
export function verifyStatusListToken(
  options: VerifyStatusListOptions,
): Result<StatusListToken, StatusListRefusal> {
  const { token, uri, keys, now } = options
  if (!keys.some((key) => isSignedBy(token.jws, key))) {
    return refuse('status_list_signature', 'None of the issuer’s keys signed the status list.')
  }
  if (token.uri !== uri)
    return refuse('status_list_mismatch', 'The token is for another status list.')
  if (token.expiresAt && token.expiresAt <= now)
    return refuse('status_list_expired', 'The status list has expired.')
  if (token.issuedAt.getTime() > now.getTime() + 60_000) {
    return refuse('status_list_not_yet_valid', 'The status list is from the future.')
  }
  return accept(token)
}

// A list is kept and asked again and again: what a key has signed once, it has signed.
const signatures = new WeakMap<Jws, WeakSet<KeyObject>>()

function isSignedBy(jws: Jws, key: KeyObject): boolean {
  const signers = signatures.get(jws) ?? new WeakSet()
  if (signers.has(key)) return true
  if (!verifyJws(jws, key)) return false
  signatures.set(jws, signers.add(key))
  return true
}

/** The status at an index, or a refusal when the list is shorter (section 8.3: reject). */
export function lookUpStatus(
  token: StatusListToken,
  index: number,
): Result<number, 'status_index_out_of_range'> {
  try {
    return accept(readStatus(token.bytes, token.bits, index))
  } catch {
    return refuse('status_index_out_of_range', 'The status index lies outside the list.')
  }
}

const malformed = (detail: string) =>
  refuse('status_list_malformed', `The status list token is malformed. ${detail}`)

const isNumericDate = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 8e12
