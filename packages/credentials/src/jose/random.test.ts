import { describe, expect, it } from 'vitest'
import { takeRandomBytes } from './random.ts'

describe('takeRandomBytes', () => {
  it('gives as many bytes as asked for, never the same, across many refills', () => {
    const seen = new Set<string>()
    for (let at = 0; at < 2_000; at++) {
      const bytes = takeRandomBytes(12 + (at % 30))
      expect(bytes.length).toBe(12 + (at % 30))
      seen.add(bytes.toString('hex', 0, 12))
    }
    expect(seen.size).toBe(2_000)
  })

  it('gives each caller bytes of its own', () => {
    const first = takeRandomBytes(32)
    const before = first.toString('hex')
    takeRandomBytes(32).fill(0)
    for (let at = 0; at < 300; at++) takeRandomBytes(32)
    expect(first.toString('hex')).toBe(before)
  })

  it('has every bit set about half of the time', () => {
    const ones = new Uint32Array(8)
    for (let at = 0; at < 4_000; at++) {
      const [byte = 0] = takeRandomBytes(1)
      for (let bit = 0; bit < 8; bit++) ones[bit] = (ones[bit] ?? 0) + ((byte >> bit) & 1)
    }
    // Ten standard deviations: it fails by chance less often than the machine does.
    for (const count of ones) expect(Math.abs(count - 2_000)).toBeLessThan(320)
  })

  it('gives more than the pool holds, and nothing when nothing is asked for', () => {
    expect(takeRandomBytes(10_000).length).toBe(10_000)
    expect(takeRandomBytes(0).length).toBe(0)
  })
})
