import type { KeyObject } from 'node:crypto'
import { accept, type Result, refuse } from '../result.ts'
import { verifyVcSignature } from '../vc-jose/algorithms.ts'
import { checkVcPeriod } from '../vc-jose/verify-vc-jwt.ts'
import { countEntries, minimumEntries, readBitstringStatus } from './bitstring.ts'
import {
  type BitstringStatusError,
  type BitstringStatusList,
  parseStatusListCredential,
} from './parse.ts'
import { type BitstringStatusListEntry, parseStatusEntry } from './status-entry.ts'

export interface BitstringStatus {
  readonly purpose: string
  readonly status: number
  /** Whether the status is 0: not revoked, not suspended, nothing to say. */
  readonly isValid: boolean
  /** Of a list with messages. For developers, not for people. */
  readonly message?: string
}

interface VerifyStatusListOptions {
  readonly list: BitstringStatusList
  readonly entry: BitstringStatusListEntry
  /** Keys of the issuer that may sign the list, found by the caller. */
  readonly keys: readonly KeyObject[]
  /** Who must have issued it. Absent: whoever the keys belong to. */
  readonly issuer?: string
  readonly now: Date
}

/** Checks a status list before a status is read from it (3.2, V-23). */
export function verifyStatusListCredential({
  list,
  entry,
  keys,
  issuer,
  now,
}: VerifyStatusListOptions): Result<BitstringStatusList, 'STATUS_VERIFICATION_ERROR'> {
  if (!keys.some((key) => verifyVcSignature(list.vc.jws, key)))
    return unverified('None of the issuer’s keys signed the status list.')
  if (issuer !== undefined && list.issuer !== issuer)
    return unverified('The status list is another issuer’s.')
  if (list.id !== undefined && list.id !== entry.statusListCredential)
    return unverified('The credential names another status list.')
  if (!list.purposes.includes(entry.statusPurpose))
    return unverified('The status list is for another purpose.')
  return checkVcPeriod(list.vc, now).ok
    ? accept(list)
    : unverified('The status list is outside its period of validity.')
}

/** Reads a credential's status from a verified list (3.2, steps 8 to 15). */
export function lookUpBitstringStatus(
  { bytes }: Pick<BitstringStatusList, 'bytes'>,
  { statusPurpose, statusListIndex, statusSize = 1, statusMessage }: BitstringStatusListEntry,
): Result<BitstringStatus, 'STATUS_LIST_LENGTH_ERROR' | 'RANGE_ERROR'> {
  const entries = countEntries(bytes, statusSize)
  if (entries < minimumEntries)
    return refuse('STATUS_LIST_LENGTH_ERROR', 'The status list is too short to hide anyone in it.')
  const index = Number(statusListIndex)
  if (index >= entries)
    return refuse('RANGE_ERROR', 'The status index lies outside the status list.')
  const status = readBitstringStatus(bytes, index, statusSize)
  const message = statusMessage?.find((candidate) => Number(candidate.status) === status)?.message
  return accept({
    purpose: statusPurpose,
    status,
    isValid: status === 0,
    ...(message !== undefined && { message }),
  })
}

export interface CheckBitstringStatusOptions {
  /** The `credentialStatus` entry, as it stands in the credential. */
  readonly entry: unknown
  /** Gets the list from its address. All I/O is the caller's. */
  fetchList(url: string): Promise<Result<string>>
  /** The keys that may have signed the list it got. */
  findKeys(list: BitstringStatusList): Promise<readonly KeyObject[]>
  readonly issuer?: string
  readonly now: Date
  readonly maxInflatedBytes?: number
}

/** The whole of W3C's Validate Algorithm (3.2) for one entry, with its errors. */
export async function checkBitstringStatus({
  entry,
  fetchList,
  findKeys,
  issuer,
  now,
  maxInflatedBytes,
}: CheckBitstringStatusOptions): Promise<Result<BitstringStatus, BitstringStatusError>> {
  const parsedEntry = parseStatusEntry(entry)
  if (!parsedEntry.ok) return parsedEntry
  const fetched = await fetchList(parsedEntry.value.statusListCredential)
  if (!fetched.ok) return refuse('STATUS_RETRIEVAL_ERROR', 'The status list could not be fetched.')
  const limits = maxInflatedBytes === undefined ? {} : { maxInflatedBytes }
  const list = parseStatusListCredential(fetched.value, limits)
  if (!list.ok) return list
  const verified = verifyStatusListCredential({
    list: list.value,
    entry: parsedEntry.value,
    keys: await findKeys(list.value),
    now,
    ...(issuer !== undefined && { issuer }),
  })
  return verified.ok ? lookUpBitstringStatus(verified.value, parsedEntry.value) : verified
}

const unverified = (detail: string) => refuse('STATUS_VERIFICATION_ERROR', detail)
