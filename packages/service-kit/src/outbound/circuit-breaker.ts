import { LRUCache } from 'lru-cache'

const failuresToOpen = 5
const openMs = 30_000
const originsKept = 1_000

interface Circuit {
  failures: number
  /** milliseconds since 1970 until which nothing is tried */
  openUntil: number
}

/** Spares a host that does not answer, and us the wait: after five failures in a row, one try per 30 s. */
export interface CircuitBreaker {
  allows(origin: string): boolean
  record(origin: string, outcome: 'success' | 'failure'): void
}

export function createCircuitBreaker(now: () => Date): CircuitBreaker {
  const circuits = new LRUCache<string, Circuit>({ max: originsKept })
  return {
    allows: (origin) => {
      const circuit = circuits.get(origin)
      if (!circuit || circuit.failures < failuresToOpen) return true
      const at = now().getTime()
      if (at < circuit.openUntil) return false
      circuit.openUntil = at + openMs // this caller tries; the others wait for its result
      return true
    },
    record: (origin, outcome) => {
      if (outcome === 'success') return void circuits.delete(origin)
      const failures = (circuits.get(origin)?.failures ?? 0) + 1
      circuits.set(origin, { failures, openUntil: now().getTime() + openMs })
    },
  }
}
