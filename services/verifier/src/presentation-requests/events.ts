import { Readable } from 'node:stream'
import { Problem } from '@mikromerit/service-kit'
import type { VerifierContext } from '../context.ts'
import { type RequestReference, readRequest } from './read-request.ts'
import type { PresentationRequest } from './schemas.ts'

/** Open streams of server-sent events, counted so that there is an end to them. */
export interface EventStreams {
  /**
   * Follows a request to its end.
   * @throws Problem presentation-request-not-found, response-code-wrong, too-many-event-streams
   */
  open(reference: RequestReference): Promise<Readable>
  /** Ends all streams; clients reconnect to another replica. */
  close(): void
}

/** How long a change on another replica may go unnoticed, and how often a proxy sees a sign of life. */
const lookEveryMs = 1_000
const heartbeatMs = 15_000

export function createEventStreams(context: VerifierContext): EventStreams {
  const closing = new AbortController()
  let count = 0
  return {
    open: async (reference) => {
      if (count >= context.config.MAX_EVENT_STREAMS || closing.signal.aborted)
        throw new Problem('too-many-event-streams', { headers: { 'retry-after': '5' } })
      count++
      const gone = new AbortController()
      const leave = () => {
        if (!gone.signal.aborted) count--
        gone.abort()
      }
      try {
        const first = await readRequest(context, reference)
        const signal = AbortSignal.any([closing.signal, gone.signal])
        // Closing also wakes a stream that waits, so that nothing outlives its reader.
        return Readable.from(follow(context, reference, first, signal)).once('close', leave)
      } catch (error) {
        leave()
        throw error
      }
    },
    close: () => closing.abort(),
  }
}

async function* follow(
  context: VerifierContext,
  reference: RequestReference,
  first: PresentationRequest,
  signal: AbortSignal,
): AsyncGenerator<string> {
  let current = first
  let quietMs = 0
  yield toEvent(current)
  while (isOpen(current) && !signal.aborted) {
    await context.changes.next(reference.id, lookEveryMs, signal)
    if (signal.aborted) return
    const next = await readRequest(context, reference)
    quietMs += lookEveryMs
    if (next.state !== current.state) {
      yield toEvent(next)
      quietMs = 0
    } else if (quietMs >= heartbeatMs) {
      yield ': still here\n\n'
      quietMs = 0
    }
    current = next
  }
}

const isOpen = ({ state }: PresentationRequest): boolean =>
  state === 'pending' || state === 'fetched'

const toEvent = (request: PresentationRequest): string =>
  `event: state\ndata: ${JSON.stringify(request)}\n\n`
