import { createHmac } from 'node:crypto'

const rounds = 6

export interface StatusIndexOptions {
  /** Secret of the list, at least 16 bytes: who has it can tell in which order indexes were given. */
  readonly key: Uint8Array
  /** The how-manieth index of this list: 0 to size − 1. */
  readonly counter: number
  readonly size: number
}

/**
 * The status index for a counter, by a keyed permutation of 0 … size − 1 (I-50): random to the outside,
 * without search and without clashes. A Feistel network over the next larger even number of bits, walked
 * until it lands inside the list (format-preserving encryption by cycle walking).
 * @throws RangeError when the counter lies outside the list: the list is full.
 */
export function statusIndexAt({ key, counter, size }: StatusIndexOptions): number {
  if (!Number.isSafeInteger(counter) || counter < 0 || counter >= size || size > 2 ** 30) {
    throw new RangeError('The counter lies outside the status list.')
  }
  const halfBits = Math.max(1, Math.ceil(Math.log2(size) / 2))
  let index = counter
  do index = permute(key, index, halfBits)
  while (index >= size)
  return index
}

function permute(key: Uint8Array, value: number, halfBits: number): number {
  const mask = 2 ** halfBits - 1
  let left = Math.floor(value / 2 ** halfBits)
  let right = value & mask
  for (let round = 0; round < rounds; round++) {
    ;[left, right] = [right, left ^ (roundValue(key, round, right) & mask)]
  }
  return left * 2 ** halfBits + right
}

function roundValue(key: Uint8Array, round: number, half: number): number {
  const input = Buffer.alloc(5)
  input.writeUInt8(round)
  input.writeUInt32BE(half, 1)
  return createHmac('sha256', key).update(input).digest().readUInt32BE()
}
