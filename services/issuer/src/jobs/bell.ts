/** Wakes whoever waits for work in this process; other replicas look by themselves now and then. */
export interface JobBell {
  ring(): void
  /** Until it rings, the time is over, or the signal aborts. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>
}

export function createJobBell(): JobBell {
  const waiting = new Set<() => void>()
  return {
    ring: () => {
      for (const wake of waiting) wake()
    },
    wait: (milliseconds, signal) =>
      new Promise((resolve) => {
        const wake = () => {
          clearTimeout(timer)
          waiting.delete(wake)
          signal.removeEventListener('abort', wake)
          resolve()
        }
        const timer = setTimeout(wake, milliseconds).unref()
        waiting.add(wake)
        signal.addEventListener('abort', wake)
        if (signal.aborted) wake()
      }),
  }
}
