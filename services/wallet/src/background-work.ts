/** Work that must not delay an answer, such as notifications (W-19). */
export interface BackgroundWork {
  /** Starts it; a failure is reported by name only, and never thrown. */
  start(name: string, work: () => Promise<unknown>): void
  /** Resolves when everything started so far has ended. */
  settle(): Promise<void>
}

/** `report` gets the work's name and the error's class: messages may quote tokens or claims. */
export function createBackgroundWork(
  report: (name: string, errorName: string) => void,
): BackgroundWork {
  const running = new Set<Promise<void>>()
  return {
    start(name, work) {
      const promise = work()
        .then(
          () => undefined,
          (error: unknown) => report(name, error instanceof Error ? error.name : 'unknown'),
        )
        .finally(() => running.delete(promise))
      running.add(promise)
    },
    async settle() {
      while (running.size > 0) await Promise.all(running)
    },
  }
}
