/** How long and how often everything is measured. */
export interface Plan {
  readonly rounds: number
  readonly warmUpMilliseconds: number
  readonly roundMilliseconds: number
}

/** What one round of one contestant gave. */
export interface Sample {
  readonly perSecond: number
  /** Milliseconds of each piece of work, where they were taken. */
  readonly latencies?: readonly number[]
}

/** Does its work over and over for a time. */
export type Run = (milliseconds: number) => Promise<Sample>

/**
 * Warms all contestants up, then measures them in turns, every second round in reverse order: what the
 * machine does besides, and how warm it is, meets them alike.
 */
export async function measureInTurns<Name extends string>(
  contestants: Readonly<Record<Name, Run>>,
  plan: Plan,
): Promise<Record<Name, Sample[]>> {
  // Object.entries widens the keys to string.
  const entries = Object.entries(contestants) as [Name, Run][]
  for (const [, run] of entries) await run(plan.warmUpMilliseconds)
  // Filled with every name before anything is measured.
  const samples = Object.fromEntries(entries.map(([name]) => [name, []])) as unknown as Record<
    Name,
    Sample[]
  >
  for (let round = 0; round < plan.rounds; round++) {
    const order = round % 2 === 0 ? entries : entries.toReversed()
    for (const [name, run] of order) samples[name].push(await run(plan.roundMilliseconds))
  }
  return samples
}

export const ratesOf = (samples: readonly Sample[]): number[] =>
  samples.map(({ perSecond }) => perSecond)

/** One operation over and over, one at a time. */
export function repeat(operation: () => unknown): Run {
  return async (milliseconds) => {
    const started = performance.now()
    const deadline = started + milliseconds
    let count = 0
    let now = started
    while (now < deadline) {
      const result = operation()
      // Awaiting what is no promise would charge a synchronous operation for a turn of the queue.
      if (result instanceof Promise) await result
      count++
      now = performance.now()
    }
    return { perSecond: count / ((now - started) / 1_000) }
  }
}

/** Flows side by side, each beginning anew as soon as it has ended; the first that fails ends it all. */
export function repeatSideBySide(flows: readonly (() => Promise<void>)[]): Run {
  return async (milliseconds) => {
    const started = performance.now()
    const deadline = started + milliseconds
    const latencies: number[] = []
    const work = async (flow: () => Promise<void>) => {
      let before = performance.now()
      while (before < deadline) {
        await flow()
        const after = performance.now()
        latencies.push(after - before)
        before = after
      }
    }
    await Promise.all(flows.map(work))
    const seconds = (performance.now() - started) / 1_000
    return { perSecond: latencies.length / seconds, latencies }
  }
}
