import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readStatus, setStatus } from '../status-list/status-bits.ts'
import {
  createBitstring,
  decodeBitstring,
  encodeBitstring,
  minimumEntries,
  readBitstringStatus,
  setBitstringStatus,
} from './bitstring.ts'

const limit = 8 * 1024 * 1024
const listOf = (bytes: Uint8Array) => `u${gzipSync(bytes).toString('base64url')}`

describe('the order of bits (F-22)', () => {
  it.for([
    [0, 0b1000_0000, 0b0000_0001],
    [7, 0b0000_0001, 0b1000_0000],
  ] as const)(
    'at index %i is left-most first here, right-most first in a Token Status List',
    ([index, bitstring, tokenStatusList]) => {
      const bytes = new Uint8Array(1)
      setBitstringStatus(bytes, index, 1)
      expect(bytes[0]).toBe(bitstring)
      expect(readBitstringStatus(bytes, index)).toBe(1)
      const other = new Uint8Array(1)
      setStatus(other, 1, index, 1)
      expect(other[0]).toBe(tokenStatusList)
      expect(readStatus(bytes, 1, 7 - index)).toBe(1)
    },
  )

  it('puts the most significant bit of a wider entry first, also across bytes', () => {
    const bytes = new Uint8Array(3)
    setBitstringStatus(bytes, 2, 0b110, 3)
    expect([...bytes]).toEqual([0b0000_0011, 0, 0])
    setBitstringStatus(bytes, 2, 0b101, 3)
    expect([...bytes]).toEqual([0b0000_0010, 0b1000_0000, 0])
    expect(readBitstringStatus(bytes, 2, 3)).toBe(0b101)
  })
})

describe('a bitstring', () => {
  it('gives back every status it was given, at any size, and leaves the others alone', () => {
    const sizes = fc.integer({ min: 1, max: 8 })
    fc.assert(
      fc.property(sizes, fc.array(fc.nat(255), { minLength: 1 }), (size, values) => {
        const statuses = values.map((value) => value % 2 ** size)
        const bytes = new Uint8Array(Math.ceil((values.length * size) / 8)).fill(0xff)
        for (const [index, status] of statuses.entries())
          setBitstringStatus(bytes, index, status, size)
        expect(statuses.map((_, index) => readBitstringStatus(bytes, index, size))).toEqual(
          statuses,
        )
      }),
    )
  })

  it('is never shorter than 16 KiB, and as long as it must be', () => {
    expect(createBitstring(1)).toHaveLength(16 * 1024)
    expect(createBitstring(1, 2)).toHaveLength(32 * 1024)
    expect(createBitstring(minimumEntries + 1)).toHaveLength(16 * 1024 + 1)
  })

  it.for([-1, 0.5, 8, Number.NaN, 2 ** 53])('has no index %d in a byte', (index) => {
    const bytes = new Uint8Array(1)
    expect(() => readBitstringStatus(bytes, index)).toThrow(RangeError)
    expect(() => setBitstringStatus(bytes, index, 1)).toThrow(RangeError)
  })

  it.for([-1, 2, 0.5])('has no status %d in one bit', (status) => {
    const bytes = new Uint8Array(1)
    expect(() => setBitstringStatus(bytes, 0, status)).toThrow(RangeError)
    expect(bytes[0]).toBe(0)
  })
})

describe('an encodedList', () => {
  it('decodes to what was encoded', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), async (bytes) => {
        const decoded = decodeBitstring(await encodeBitstring(bytes), limit)
        expect(decoded.ok && [...decoded.value]).toEqual([...bytes])
      }),
    )
  })

  it('is the worked example of the specification: 16 KiB of zero bits', () => {
    const published = 'uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA'
    expect(decodeBitstring(published, limit)).toEqual({ ok: true, value: Buffer.alloc(16 * 1024) })
  })

  it.for<[string, unknown]>([
    ['no text', 1],
    ['without its prefix', listOf(Buffer.alloc(1)).slice(1)],
    ['with another prefix', `z${listOf(Buffer.alloc(1)).slice(1)}`],
    ['with padding', `${listOf(Buffer.alloc(1))}=`],
    ['no GZIP', `u${Buffer.from('nothing').toString('base64url')}`],
    ['empty', 'u'],
    ['cut short', listOf(Buffer.alloc(1000, 'abc')).slice(0, -16)],
  ])('is malformed when it is %s', ([, encodedList]) => {
    expect(decodeBitstring(encodedList, limit)).toMatchObject({ code: 'MALFORMED_VALUE_ERROR' })
  })

  it('never inflates beyond the limit (S-10)', () => {
    const bomb = listOf(Buffer.alloc(64 * 1024 * 1024))
    expect(bomb.length).toBeLessThan(100_000)
    const before = process.memoryUsage().arrayBuffers
    expect(decodeBitstring(bomb, limit)).toMatchObject({ code: 'STATUS_VERIFICATION_ERROR' })
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024)
    expect(decodeBitstring(listOf(Buffer.alloc(100)), 100).ok).toBe(true)
    expect(decodeBitstring(listOf(Buffer.alloc(101)), 100).ok).toBe(false)
  })

  it('of a million entries is made without holding up the event loop', async () => {
    const bytes = createBitstring(1_000_000)
    for (let index = 0; index < 1_000_000; index += 50) setBitstringStatus(bytes, index, 1)
    let ticks = 0
    const timer = setInterval(() => ticks++, 1)
    const encoded = await encodeBitstring(bytes)
    clearInterval(timer)
    expect(encoded.length).toBeLessThan(64 * 1024)
    expect(ticks).toBeGreaterThan(0)
  })
})
