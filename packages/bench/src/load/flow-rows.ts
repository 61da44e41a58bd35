import {
  measureInTurns,
  type Plan,
  ratesOf,
  repeatSideBySide,
  type Sample,
} from '../measuring/rounds.ts'
import { median, medianRatio, percentile } from '../measuring/statistics.ts'
import { asFlows, asMilliseconds, asShare } from '../report/figures.ts'
import type { Row } from '../report/row.ts'

/** One user of a service: goes through the flow from its first request to its last. */
export interface Flow {
  run(): Promise<void>
  close(): Promise<void>
}

export interface FlowComparison {
  /** Name in the table. */
  readonly what: string
  readonly openFlow: () => Flow
  readonly openBareFlow: () => Flow
  /** Flows per second to reach at 16 in flight. */
  readonly targetRate: number
}

const leastShare = 0.35

/** The real flow and its bare limit in turns, with one user and with sixteen. */
export async function measureFlows(comparison: FlowComparison, plan: Plan): Promise<Row[]> {
  return [await measureAt(comparison, 1, plan), await measureAt(comparison, 16, plan)]
}

async function measureAt(
  { what, openFlow, openBareFlow, targetRate }: FlowComparison,
  inFlight: number,
  plan: Plan,
): Promise<Row> {
  const flows = Array.from({ length: inFlight }, openFlow)
  const bareFlows = Array.from({ length: inFlight }, openBareFlow)
  const together = (all: readonly Flow[]) => repeatSideBySide(all.map(({ run }) => run))
  try {
    const contestants = { own: together(flows), bare: together(bareFlows) }
    const { own, bare } = await measureInTurns(contestants, plan)
    const rate = median(ratesOf(own))
    const share = medianRatio(ratesOf(own), ratesOf(bare))
    const target = inFlight === 1 ? {} : judge(rate, share, targetRate)
    return {
      what: `${what}, ${inFlight} in flight`,
      figure: describeRun(rate, own),
      comparedWith: `bare limit: ${describeRun(median(ratesOf(bare)), bare)}`,
      ratio: asShare(share),
      target: '',
      isMet: undefined,
      ...target,
    }
  } finally {
    await Promise.all([...flows, ...bareFlows].map((flow) => flow.close()))
  }
}

const judge = (rate: number, share: number, targetRate: number) => ({
  target: `≥ ${asFlows(targetRate)}, ≥ ${asShare(leastShare)}`,
  isMet: rate >= targetRate && share >= leastShare,
})

/** A rate with the latencies behind it. */
export function describeRun(rate: number, samples: readonly Sample[]): string {
  const latencies = samples.flatMap(({ latencies: taken = [] }) => taken)
  const [p50, p99] = [0.5, 0.99].map((share) => asMilliseconds(percentile(latencies, share)))
  return `${asFlows(rate)}, p50 ${p50}, p99 ${p99}`
}
