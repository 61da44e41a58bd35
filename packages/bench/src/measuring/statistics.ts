/** The middle value; of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted(byValue)
  const middle = sorted.length >> 1
  const upper = valueAt(sorted, middle)
  return sorted.length % 2 === 1 ? upper : (valueAt(sorted, middle - 1) + upper) / 2
}

/** The value that the given share (0 to 1) of the values do not exceed: nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted(byValue)
  const rank = Math.ceil(share * sorted.length)
  return valueAt(sorted, Math.min(Math.max(rank, 1), sorted.length) - 1)
}

/**
 * How two series measured in alternation relate: the median of the ratios of each round, so that a slow
 * moment of the machine, which both sides of a round see, counts for nothing.
 */
export function medianRatio(measured: readonly number[], reference: readonly number[]): number {
  if (measured.length !== reference.length)
    throw new RangeError('Both sides of a ratio have the same number of rounds.')
  return median(measured.map((value, round) => value / valueAt(reference, round)))
}

const byValue = (one: number, other: number) => one - other

function valueAt(values: readonly number[], at: number): number {
  const value = values[at]
  if (value === undefined) throw new RangeError('There are no values.')
  return value
}
