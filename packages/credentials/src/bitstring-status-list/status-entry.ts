import type { AwardStatus } from '../domain/award-status.ts'
import { isObject } from '../jose/json.ts'
import { accept, type Result, refuse } from '../result.ts'
import { isUri, readElements } from '../vc-jose/read-credential.ts'
import { maxStatusSize } from './bitstring.ts'

interface StatusMessage {
  /** Hexadecimal, `0x1`. */
  readonly status: string
  /** For developers, not for people. */
  readonly message: string
}

/** A `credentialStatus` of type BitstringStatusListEntry (2.1). */
export interface BitstringStatusListEntry {
  readonly id?: string
  readonly type: 'BitstringStatusListEntry'
  /** `revocation` is final, `suspension` is not; others say something else. */
  readonly statusPurpose: string
  /** In base 10, as a text. */
  readonly statusListIndex: string
  readonly statusListCredential: string
  readonly statusSize?: number
  readonly statusMessage?: readonly StatusMessage[]
}

export type StatusPurpose = 'revocation' | 'suspension'

/** The entry of a credential in a list with one bit per entry. */
export const buildStatusEntry = ({
  listUrl,
  index,
  purpose,
}: {
  readonly listUrl: string
  readonly index: number
  readonly purpose: StatusPurpose
}): BitstringStatusListEntry & { readonly id: string } => ({
  id: `${listUrl}#${index}`,
  type: 'BitstringStatusListEntry',
  statusPurpose: purpose,
  statusListIndex: String(index),
  statusListCredential: listUrl,
})

/** What an award's status is in the list of each purpose; both derive from the one award (I-50). */
export const bitstringStatusBits: Readonly<
  Record<AwardStatus, Readonly<Record<StatusPurpose, 0 | 1>>>
> = {
  valid: { revocation: 0, suspension: 0 },
  suspended: { revocation: 0, suspension: 1 },
  revoked: { revocation: 1, suspension: 0 },
}

/** Reads an entry a stranger wrote; every rule of section 2.1 that it breaks is a MALFORMED_VALUE_ERROR. */
export function parseStatusEntry(
  value: unknown,
): Result<BitstringStatusListEntry, 'MALFORMED_VALUE_ERROR'> {
  if (!isObject(value) || value.type !== 'BitstringStatusListEntry')
    return malformed('Its type is not BitstringStatusListEntry.')
  const { id, statusPurpose, statusListIndex, statusListCredential, statusSize } = value
  if (typeof statusPurpose !== 'string' || statusPurpose === '')
    return malformed('It has no statusPurpose.')
  if (typeof statusListIndex !== 'string' || !/^\d{1,40}$/.test(statusListIndex))
    return malformed('Its statusListIndex is not a whole number written as a text.')
  if (!isUri(statusListCredential)) return malformed('Its statusListCredential is not a URL.')
  if (id !== undefined && (!isUri(id) || id === statusListCredential))
    return malformed('Its id is no URL, or that of the list.')
  if (statusSize !== undefined && !isStatusSize(statusSize))
    return malformed(`Its statusSize is not a whole number from 1 to ${maxStatusSize}.`)
  const messages = readMessages(value.statusMessage, statusSize ?? 1)
  if (!messages.ok) return messages
  return accept({
    ...(id !== undefined && { id }),
    type: 'BitstringStatusListEntry',
    statusPurpose,
    statusListIndex,
    statusListCredential,
    ...(statusSize !== undefined && { statusSize }),
    ...(messages.value && { statusMessage: messages.value }),
  })
}

const isStatusSize = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= maxStatusSize

function readMessages(
  value: unknown,
  statusSize: number,
): Result<readonly StatusMessage[] | undefined, 'MALFORMED_VALUE_ERROR'> {
  if (value === undefined) {
    return statusSize === 1
      ? accept(undefined)
      : malformed('A statusSize above 1 needs a statusMessage for each value.')
  }
  const count = 2 ** statusSize
  const messages = Array.isArray(value) && value.length === count ? value.filter(isMessage) : []
  return messages.length === count
    ? accept(messages.map(({ status, message }) => ({ status, message })))
    : malformed('Its statusMessage does not hold a status and a message for each value.')
}

const isMessage = (value: unknown): value is StatusMessage =>
  isObject(value) &&
  typeof value.status === 'string' &&
  /^0x[0-9A-Fa-f]{1,2}$/.test(value.status) &&
  typeof value.message === 'string'

/** The purposes of a list: one text or several (2.2). */
export function readPurposes(value: unknown): readonly string[] | undefined {
  const purposes = readElements(value)
  return purposes?.length &&
    purposes.every((purpose): purpose is string => typeof purpose === 'string' && purpose !== '')
    ? purposes
    : undefined
}

const malformed = (detail: string) =>
  refuse('MALFORMED_VALUE_ERROR', `The status entry is malformed. ${detail}`)
