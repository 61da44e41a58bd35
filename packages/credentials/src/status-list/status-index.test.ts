import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { statusIndexAt } from './status-index.ts'

const key = Buffer.alloc(32, 7)

const indexesOf = (size: number, by: Uint8Array = key) =>
  Array.from({ length: size }, (_, counter) => statusIndexAt({ key: by, counter, size }))

describe('statusIndexAt (I-50)', () => {
  it('gives every index exactly once, for any key and size', () => {
    const keys = fc.uint8Array({ minLength: 16, maxLength: 48 })
    fc.assert(
      fc.property(keys, fc.integer({ min: 1, max: 700 }), (by, size) => {
        const indexes = indexesOf(size, by)
        expect(new Set(indexes).size).toBe(size)
        expect(indexes.every((index) => index >= 0 && index < size)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it.for([1, 2, 3, 4, 5, 7, 8, 9, 4096, 8193])(
    'gives every index exactly once for %i entries',
    (size) => {
      const sorted = indexesOf(size).toSorted((one, other) => one - other)
      expect(sorted).toHaveLength(size)
      expect(sorted.every((index, at) => index === at)).toBe(true)
    },
  )

  it('stays within large lists, and gives different counters different indexes', () => {
    const size = fc.integer({ min: 2, max: 2 ** 30 })
    fc.assert(
      fc.property(size, fc.nat(), fc.nat(), (entries, one, other) => {
        const counters = [one % entries, other % entries]
        fc.pre(counters[0] !== counters[1])
        const indexes = counters.map((counter) => statusIndexAt({ key, counter, size: entries }))
        expect(indexes[0]).not.toBe(indexes[1])
        for (const index of indexes) expect(index >= 0 && index < entries).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('gives the same index for the same counter, so that a crash loses none', () => {
    expect(indexesOf(100)).toEqual(indexesOf(100))
  })

  it('gives other indexes under another key', () => {
    const others = indexesOf(1000, Buffer.alloc(32, 8))
    const same = indexesOf(1000).filter((index, counter) => index === others[counter])
    expect(same.length).toBeLessThan(20)
  })

  it('tells nothing about the order in which they were given', () => {
    const size = 100_000
    const some = Array.from({ length: 4000 }, (_, counter) => statusIndexAt({ key, counter, size }))
    // Spread evenly over the list …
    const tenths = Array.from(
      { length: 10 },
      (_, tenth) => some.filter((index) => Math.floor((index * 10) / size) === tenth).length,
    )
    for (const count of tenths) expect(Math.abs(count - 400)).toBeLessThan(120)
    // … and as likely to go up as down from one to the next.
    const ups = some.filter((index, at) => at > 0 && index > (some[at - 1] ?? 0)).length
    expect(Math.abs(ups - 2000)).toBeLessThan(150)
  })

  it('refuses a counter outside the list, a size that is none, and a short key', () => {
    for (const counter of [100, -1, 0.5, Number.NaN])
      expect(() => statusIndexAt({ key, counter, size: 100 })).toThrow(RangeError)
    for (const size of [0, -1, 1.5, Number.NaN, 2 ** 30 + 1])
      expect(() => statusIndexAt({ key, counter: 0, size })).toThrow(RangeError)
    expect(() => statusIndexAt({ key: Buffer.alloc(15), counter: 0, size: 1 })).toThrow(RangeError)
  })
})
