import { gunzipSync, gzip } from 'node:zlib'
import { decodeBase64url, encodeBase64url } from '../jose/base64url.ts'
import { accept, type Result, refuse } from '../result.ts'

/** W3C Bitstring Status List 1.0, 3.2: enough entries to hide in, 16 KiB of them at one bit each. */
export const minimumEntries = 131_072

/** Greatest number of bits per entry that we read; the specification sets none. */
export const maxStatusSize = 8

/** An empty list with room for `entries`, never fewer than {@link minimumEntries}. */
export const createBitstring = (entries: number, statusSize = 1): Uint8Array =>
  new Uint8Array(Math.ceil((Math.max(entries, minimumEntries) * statusSize) / 8))

export const countEntries = (bytes: Uint8Array, statusSize = 1): number =>
  Math.floor((bytes.length * 8) / statusSize)

/**
 * The status at an index, left-most bit first (F-22): the opposite of a Token Status List.
 * @throws RangeError beyond the list.
 */
export function readBitstringStatus(bytes: Uint8Array, index: number, statusSize = 1): number {
  const start = locate(bytes, index, statusSize)
  let status = 0
  for (let bit = start; bit < start + statusSize; bit++) {
    status = (status << 1) | (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1)
  }
  return status
}

/** Sets the status at an index in place. @throws RangeError beyond the list, or for a value that does not fit. */
export function setBitstringStatus(
  bytes: Uint8Array,
  index: number,
  status: number,
  statusSize = 1,
): void {
  if (!Number.isInteger(status) || status < 0 || status >= 2 ** statusSize) {
    throw new RangeError('The status does not fit into an entry of the list.')
  }
  const start = locate(bytes, index, statusSize)
  for (let offset = 0; offset < statusSize; offset++) {
    const bit = start + offset
    const mask = 0b1000_0000 >> (bit & 7)
    const isSet = (status >> (statusSize - 1 - offset)) & 1
    bytes[bit >> 3] = isSet ? (bytes[bit >> 3] ?? 0) | mask : (bytes[bit >> 3] ?? 0) & ~mask
  }
}

/** Multibase base64url (`u`) of GZIP (3.3), compressed in another thread (design.md 5). */
export const encodeBitstring = (bytes: Uint8Array): Promise<string> =>
  new Promise((resolve, reject) => {
    gzip(bytes, { level: 9 }, (error, compressed) =>
      error ? reject(error) : resolve(`u${encodeBase64url(compressed)}`),
    )
  })

/** The opposite, never beyond `maxBytes` (S-10). */
export function decodeBitstring(
  encodedList: unknown,
  maxBytes: number,
): Result<Uint8Array, 'MALFORMED_VALUE_ERROR' | 'STATUS_VERIFICATION_ERROR'> {
  const compressed =
    typeof encodedList === 'string' && encodedList.startsWith('u')
      ? decodeBase64url(encodedList.slice(1))
      : undefined
  if (!compressed) return malformed('It is not base64url with the multibase prefix u.')
  try {
    return accept(gunzipSync(compressed, { maxOutputLength: maxBytes }))
  } catch (error) {
    const isTooLarge =
      error instanceof RangeError ||
      // zlib's own errors carry a code, which the type Error does not know.
      (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    return isTooLarge
      ? refuse('STATUS_VERIFICATION_ERROR', 'The status list inflates beyond the limit.')
      : malformed('It is not GZIP data.')
  }
}

const malformed = (detail: string) =>
  refuse('MALFORMED_VALUE_ERROR', `The encodedList is malformed. ${detail}`)

function locate(bytes: Uint8Array, index: number, statusSize: number): number {
  if (!Number.isSafeInteger(index) || index < 0 || index >= countEntries(bytes, statusSize)) {
    throw new RangeError('The index lies outside the status list.')
  }
  return index * statusSize
}
