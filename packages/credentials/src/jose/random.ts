import { randomBytes, randomFillSync } from 'node:crypto'

const pool = Buffer.alloc(4_096)
let used = pool.length

/**
 * Random bytes of the system, drawn for many calls at once: asked for one by one, salts and nonces cost more
 * than what is done with them. What has been handed out is wiped from the pool.
 */
export function takeRandomBytes(length: number): Buffer {
  if (length > pool.length) return randomBytes(length)
  if (used + length > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const start = used
  used += length
  const bytes = Buffer.from(pool.subarray(start, used))
  pool.fill(0, start, used)
  return bytes
}
