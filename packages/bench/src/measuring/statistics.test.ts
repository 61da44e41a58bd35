import { describe, expect, it } from 'vitest'
import { median, medianRatio, percentile } from './statistics.ts'

describe('median', () => {
  it('is the value in the middle, whatever their order', () => {
    expect(median([5, 1, 3])).toBe(3)
    expect(median([4, 1, 3, 2])).toBe(2.5)
    expect(median([7])).toBe(7)
  })

  it('leaves the values as they were', () => {
    const values = [3, 1, 2]
    median(values)
    expect(values).toEqual([3, 1, 2])
  })

  it('refuses to speak for nothing', () => {
    expect(() => median([])).toThrow(RangeError)
  })
})

describe('percentile', () => {
  it('takes the nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, at) => 100 - at)
    expect(percentile(hundred, 0.5)).toBe(50)
    expect(percentile(hundred, 0.99)).toBe(99)
    expect(percentile(hundred, 1)).toBe(100)
    expect(percentile(hundred, 0)).toBe(1)
    expect(percentile([3], 0.99)).toBe(3)
  })
})

describe('medianRatio', () => {
  it('compares round by round: a moment in which both were slow changes nothing', () => {
    expect(medianRatio([20, 2, 20], [10, 1, 10])).toBe(2)
    expect(medianRatio([20, 20, 2], [10, 10, 10])).toBe(2)
  })

  it('refuses series of different length', () => {
    expect(() => medianRatio([1, 2], [1])).toThrow(RangeError)
  })
})
