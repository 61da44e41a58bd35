import { randomFillSync } from 'node:crypto'

const pool = Buffer.alloc(16 * 256)
let used = pool.length
let last = 0
let sequence = 0

/**
 * A UUIDv7 (RFC 9562 5.7). Ids of one process sort in the order they were made: the 12 bits after the
 * milliseconds count up within one (RFC 9562 6.2, method 1) and borrow from the next when spent.
 */
export function newId(): string {
  const bytes = takeRandom()
  const now = Date.now()
  if (now > last) {
    last = now
    sequence = bytes.readUInt16BE(6) & 0x7ff // half the range stays free to count into
  } else if (++sequence > 0xfff) {
    last += 1
    sequence = 0
  }
  bytes.writeUIntBE(last, 0, 6)
  bytes.writeUInt16BE(0x7000 | sequence, 6)
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

function takeRandom(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += 16
  return pool.subarray(used - 16, used)
}
