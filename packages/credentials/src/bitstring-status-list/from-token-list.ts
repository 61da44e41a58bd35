import { statusBits } from '../domain/award-status.ts'
import { minimumEntries } from './bitstring.ts'

/**
 * What one bit per entry says: that the award is revoked, that it is suspended, or that it is one of the two. The last
 * is for formats with room for a single status.
 */
export type BitstringView = 'revocation' | 'suspension' | 'withdrawal'

const isSet: Readonly<Record<BitstringView, (status: number) => boolean>> = {
  revocation: (status) => status === statusBits.revoked,
  suspension: (status) => status === statusBits.suspended,
  // What no status of ours has is not valid either: it never reads as such.
  withdrawal: (status) => status !== statusBits.valid,
}

/** For each byte of four statuses, least significant first, the half byte of their bits, most significant first. */
const buildTable = (view: BitstringView): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, byte) =>
    [0, 1, 2, 3].reduce((bits, at) => {
      const status = (byte >> (at * 2)) & 0b11
      return (bits << 1) | (isSet[view](status) ? 1 : 0)
    }, 0),
  )

const tables: Readonly<Record<BitstringView, Uint8Array>> = {
  revocation: buildTable('revocation'),
  suspension: buildTable('suspension'),
  withdrawal: buildTable('withdrawal'),
}

/**
 * Shows the bytes of a Token Status List of two bits per entry as a Bitstring Status List of one: the same entries at the
 * same indexes, from the other end of each byte (F-22). One status, two lists, no second truth (I-50).
 */
export function viewAsBitstring(bytes: Uint8Array, view: BitstringView): Uint8Array {
  const table = tables[view]
  const shown = new Uint8Array(Math.max(Math.ceil(bytes.length / 2), minimumEntries / 8))
  for (let at = 0; at < bytes.length; at += 2) {
    const high = table[bytes[at] ?? 0] ?? 0
    const low = table[bytes[at + 1] ?? 0] ?? 0
    shown[at / 2] = (high << 4) | low
  }
  return shown
}
