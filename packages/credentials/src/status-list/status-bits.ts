/** Bits per entry that a status list may have (draft-ietf-oauth-status-list-20, section 4.1). */
export type StatusBits = 1 | 2 | 4 | 8

export const isStatusBits = (value: unknown): value is StatusBits =>
  value === 1 || value === 2 || value === 4 || value === 8

export const statusListBytes = (size: number, bits: StatusBits): number =>
  Math.ceil((size * bits) / 8)

/** The status at an index, least significant bits first (F-22). @throws RangeError beyond the list. */
export function readStatus(bytes: Uint8Array, bits: StatusBits, index: number): number {
  const { byte, shift } = locate(bytes, bits, index)
  return ((bytes[byte] ?? 0) >> shift) & mask(bits)
}

/** Sets the status at an index in place. @throws RangeError beyond the list, or for a value that does not fit. */
export function setStatus(bytes: Uint8Array, bits: StatusBits, index: number, value: number): void {
  if (!Number.isInteger(value) || value < 0 || value > mask(bits)) {
    throw new RangeError(`A status of ${bits} bits is a whole number from 0 to ${mask(bits)}.`)
  }
  const { byte, shift } = locate(bytes, bits, index)
  bytes[byte] = ((bytes[byte] ?? 0) & ~(mask(bits) << shift)) | (value << shift)
}

const mask = (bits: StatusBits) => (1 << bits) - 1

function locate(bytes: Uint8Array, bits: StatusBits, index: number) {
  const perByte = 8 / bits
  if (!Number.isSafeInteger(index) || index < 0 || index >= bytes.length * perByte) {
    throw new RangeError('The index lies outside the status list.')
  }
  return { byte: Math.floor(index / perByte), shift: (index % perByte) * bits }
}
