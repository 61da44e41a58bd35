import { hash } from 'node:crypto'

const rounds = 8
const maxSize = 2 ** 30

export interface StatusIndexOptions {
  /** Secret of the list, at least 16 bytes: who has it can tell in which order indexes were given. */
  readonly key: Uint8Array
  /** The how-manieth index of this list: 0 to size − 1. */
  readonly counter: number
  readonly size: number
}

/**
 * The status index for a counter, by a keyed permutation of 0 … size − 1 (I-50): random to the outside,
 * without search and without clashes. A Feistel network over as many bits as the size needs, walked until
 * it lands inside the list (format-preserving encryption by cycle walking), which takes two steps at most
 * on average.
 * @throws RangeError when the counter lies outside the list (the list is full), or size or key are unfit.
 */
export function statusIndexAt({ key, counter, size }: StatusIndexOptions): number {
  if (!Number.isSafeInteger(size) || size < 1 || size > maxSize) {
    throw new RangeError('A status list has between one and 2^30 entries.')
  }
  if (!Number.isSafeInteger(counter) || counter < 0 || counter >= size) {
    throw new RangeError('The counter lies outside the status list.')
  }
  if (key.length < 16) throw new RangeError('The key of a status list has at least 16 bytes.')
  const bits = Math.max(2, Math.ceil(Math.log2(size)))
  let index = counter
  do index = permute(key, index, bits)
  while (index >= size)
  return index
}

/** A bijection on numbers of so many bits: each round changes one half by a function of the other. */
function permute(key: Uint8Array, value: number, bits: number): number {
  const rightBits = bits >> 1
  const rightMask = 2 ** rightBits - 1
  const leftMask = 2 ** (bits - rightBits) - 1
  let left = value >> rightBits
  let right = value & rightMask
  for (let round = 0; round < rounds; round += 2) {
    left ^= roundValue(key, round, right) & leftMask
    right ^= roundValue(key, round + 1, left) & rightMask
  }
  return (left << rightBits) | right
}

/** SHA-256 over key and an input of fixed length: a pseudo-random function, at a third of the price of HMAC. */
function roundValue(key: Uint8Array, round: number, half: number): number {
  const input = Buffer.allocUnsafe(key.length + 5)
  input.set(key)
  input.writeUInt8(round, key.length)
  input.writeUInt32BE(half, key.length + 1)
  return hash('sha256', input, 'buffer').readUInt32BE()
}
