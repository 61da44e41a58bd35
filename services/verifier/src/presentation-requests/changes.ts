import { EventEmitter, once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

/** Wakes those who wait for a request to change, on this replica; other replicas notice by looking. */
export interface RequestChanges {
  announce(requestId: string): void
  /** Resolves at the next announcement, after `milliseconds`, or when aborted: look again then. */
  next(requestId: string, milliseconds: number, signal: AbortSignal): Promise<void>
}

export function createRequestChanges(): RequestChanges {
  const emitter = new EventEmitter()
  // One listener per open event stream, and their number is bounded by configuration.
  emitter.setMaxListeners(0)
  return {
    announce: (requestId) => {
      emitter.emit(requestId)
    },
    next: async (requestId, milliseconds, signal) => {
      const stop = new AbortController()
      const either = AbortSignal.any([signal, stop.signal])
      const ignoreAbort = () => undefined
      await Promise.race([
        once(emitter, requestId, { signal: either }).catch(ignoreAbort),
        sleep(milliseconds, undefined, { signal: either }).catch(ignoreAbort),
      ])
      stop.abort()
    },
  }
}
