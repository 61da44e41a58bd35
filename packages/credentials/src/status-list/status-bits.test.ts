import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isStatusBits,
  readStatus,
  type StatusBits,
  setStatus,
  statusListBytes,
} from './status-bits.ts'

const allBits = [1, 2, 4, 8] as const satisfies StatusBits[]

describe('the entries of a status list', () => {
  it('puts the first into the least significant bits (F-22)', () => {
    const expected = { 1: [0x01, 0x80], 2: [0x02, 0x80], 4: [0x02, 0x20], 8: [0x02, 0x02] }
    for (const bits of allBits) {
      const value = bits === 1 ? 1 : 2
      const perByte = 8 / bits
      const written = [0, perByte - 1].map((index) => {
        const bytes = new Uint8Array(1)
        setStatus(bytes, bits, index, value)
        return bytes[0]
      })
      expect(written).toEqual(expected[bits])
    }
  })

  it('reads indexes 0 and 7 from the right ends of a byte (F-22)', () => {
    expect(readStatus(Uint8Array.of(0x01), 1, 0)).toBe(1)
    expect(readStatus(Uint8Array.of(0x01), 1, 7)).toBe(0)
    expect(readStatus(Uint8Array.of(0x80), 1, 7)).toBe(1)
  })

  it('gives back what was written last, and nothing else changes', () => {
    const bits = fc.constantFrom(...allBits)
    const writes = fc.array(fc.tuple(fc.nat(40), fc.nat(255)), { maxLength: 60 })
    fc.assert(
      fc.property(bits, writes, (width, made) => {
        const bytes = new Uint8Array(statusListBytes(41, width))
        const expected = new Map<number, number>()
        for (const [index, value] of made) {
          setStatus(bytes, width, index, value % 2 ** width)
          expected.set(index, value % 2 ** width)
        }
        for (let index = 0; index < 41; index++)
          expect(readStatus(bytes, width, index)).toBe(expected.get(index) ?? 0)
      }),
    )
  })

  it('refuses an index outside the list (V-20, S-10)', () => {
    const bytes = new Uint8Array(2)
    for (const bits of allBits) {
      const entries = 16 / bits
      expect(readStatus(bytes, bits, entries - 1)).toBe(0)
      for (const index of [entries, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
        expect(() => readStatus(bytes, bits, index)).toThrow(RangeError)
        expect(() => setStatus(bytes, bits, index, 0)).toThrow(RangeError)
      }
    }
    expect(() => readStatus(new Uint8Array(0), 1, 0)).toThrow(RangeError)
  })

  it('refuses a status that does not fit, and writes nothing', () => {
    const bytes = new Uint8Array(1)
    for (const bits of allBits)
      for (const value of [2 ** bits, -1, 0.5, Number.NaN])
        expect(() => setStatus(bytes, bits, 0, value)).toThrow(RangeError)
    expect(bytes).toEqual(new Uint8Array(1))
  })

  it('knows 1, 2, 4 and 8 bits and no others', () => {
    const candidates = [0, 1, 2, 3, 4, 5, 8, 16, '1', null, Number.NaN]
    expect(candidates.filter(isStatusBits)).toEqual([1, 2, 4, 8])
    expect(allBits.map((bits) => statusListBytes(9, bits))).toEqual([2, 3, 5, 9])
  })
})
