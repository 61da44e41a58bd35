/** A clock that stands still until it is told otherwise. */
export interface FixedClock {
  now(): Date
  /** Moves the clock by seconds, forwards or (to try a skewed one) backwards. */
  advance(seconds: number): void
}

export function fixedClock(start: Date | string): FixedClock {
  let at = new Date(start).getTime()
  return {
    now: () => new Date(at),
    advance: (seconds) => {
      at += seconds * 1_000
    },
  }
}
