import { LRUCache } from 'lru-cache'
import type { Outbound } from './outbound.ts'
import { failure, type OutboundDocument, type OutboundResult } from './outbound-result.ts'
import type { OutboundRequest } from './send-request.ts'

/** Documents of others (metadata, key sets, status lists), parsed once and kept while they are fresh. */
export interface DocumentCache<T> {
  /** From the cache when fresh, else fetched; callers at the same time share one fetch. */
  get(url: string): Promise<OutboundResult<T>>
  /** Fetched anew, but at most once per cool-down (standards S-07); in between as `get`. */
  refresh(url: string): Promise<OutboundResult<T>>
  /** What is kept of what could be had, fresh or not. */
  list(): KeptDocument<T>[]
}

export interface KeptDocument<T> {
  readonly url: string
  readonly value: T
  /** When its address last answered with it, or that it is unchanged. */
  readonly fetchedAt: Date
}

export interface DocumentCacheOptions<T> {
  readonly outbound: Pick<Outbound, 'getText'>
  readonly clock: { now(): Date }
  readonly request: OutboundRequest
  /** undefined: the document is not what it should be */
  readonly parse: (document: OutboundDocument) => T | undefined
  /** seconds the document itself says it may be kept, given what Cache-Control says; undefined: the latter decides */
  readonly lifetimeOf?: (value: T, maxAgeSeconds: number | undefined) => number | undefined
  /**
   * Bounds on how long a document is kept; default 30 seconds and an hour. With a least of 0, a document that must
   * not be kept is asked about each time, and nobody is answered from a fetch that began before they asked.
   */
  readonly minSeconds?: number
  readonly maxSeconds?: number
  /** between two fetches that were asked for by `refresh`, and after a failure; default 10 seconds */
  readonly coolDownSeconds?: number
  readonly entries?: number
  /** Bytes that a document takes in memory, and most that all may take together: the oldest make room. */
  readonly room?: { readonly sizeOf: (value: T) => number; readonly maxBytes: number }
}

interface Entry<T> {
  readonly result: OutboundResult<T>
  readonly etag: string | undefined
  readonly fetchedAt: number
  readonly freshUntil: number
}

const defaultLifetime = 300

export function createDocumentCache<T>(options: DocumentCacheOptions<T>): DocumentCache<T> {
  const { clock, coolDownSeconds = 10 } = options
  const kept = new LRUCache<string, Entry<T>>({
    max: options.entries ?? 500,
    ...(options.room && boundRoom(options.room)),
  })
  const fetches = createFetches(async (url) => {
    const entry = await fetchEntry(options, url, kept.get(url))
    kept.set(url, entry)
    return entry.result
  })
  const fetchUnless = (url: string, isGoodEnough: (entry: Entry<T>, now: number) => boolean) => {
    const entry = kept.get(url)
    if (entry && isGoodEnough(entry, clock.now().getTime())) return Promise.resolve(entry.result)
    return entry && entry.freshUntil === entry.fetchedAt ? fetches.next(url) : fetches.once(url)
  }
  return {
    get: (url) => fetchUnless(url, (entry, now) => now < entry.freshUntil),
    list: () =>
      [...kept.entries()].flatMap(([url, { result, fetchedAt }]) =>
        result.ok ? [{ url, value: result.value, fetchedAt: new Date(fetchedAt) }] : [],
      ),
    refresh: (url) =>
      fetchUnless(url, (entry, now) => now < entry.fetchedAt + coolDownSeconds * 1_000),
  }
}

/** Fetches that are shared: of each document one runs and at most one waits behind it, however many ask. */
function createFetches<R>(fetch: (url: string) => Promise<R>) {
  const underWay = new Map<string, Promise<R>>()
  const queued = new Map<string, Promise<R>>()
  /** The fetch that runs, or a new one. */
  const once = (url: string): Promise<R> => {
    const running = underWay.get(url)
    if (running) return running
    const started = fetch(url).finally(() => underWay.delete(url))
    underWay.set(url, started)
    return started
  }
  /** A fetch that begins after this call. */
  const next = (url: string): Promise<R> => {
    const running = underWay.get(url)
    if (!running) return once(url)
    const waiting = queued.get(url)
    if (waiting) return waiting
    const following = running
      .catch(() => undefined)
      .then(() => {
        queued.delete(url)
        return once(url)
      })
    queued.set(url, following)
    return following
  }
  return { once, next }
}

// A failure takes next to nothing, but lru-cache wants a size of at least one.
const boundRoom = <T>({ sizeOf, maxBytes }: NonNullable<DocumentCacheOptions<T>['room']>) => ({
  maxSize: maxBytes,
  sizeCalculation: ({ result }: Entry<T>) => 1 + (result.ok ? sizeOf(result.value) : 0),
})

async function fetchEntry<T>(
  options: DocumentCacheOptions<T>,
  url: string,
  previous: Entry<T> | undefined,
): Promise<Entry<T>> {
  const fetchedAt = options.clock.now().getTime()
  const ifNoneMatch = previous?.result.ok ? previous.etag : undefined
  const answer = await options.outbound.getText(url, { ...options.request, ifNoneMatch })
  const result = readAnswer(options, answer, previous)
  const seconds = result.ok
    ? lifetime(options, result.value, answer)
    : (options.coolDownSeconds ?? 10)
  const etag = answer.ok ? (answer.value.etag ?? ifNoneMatch) : undefined
  return { result, etag, fetchedAt, freshUntil: fetchedAt + seconds * 1_000 }
}

function readAnswer<T>(
  options: DocumentCacheOptions<T>,
  answer: OutboundResult<OutboundDocument>,
  previous: Entry<T> | undefined,
): OutboundResult<T> {
  if (!answer.ok) return answer
  if (answer.value.status === 304 && previous) return previous.result
  const value = options.parse(answer.value)
  return value === undefined ? failure('malformed') : { ok: true, value }
}

function lifetime<T>(
  { lifetimeOf, minSeconds = 30, maxSeconds = 3_600 }: DocumentCacheOptions<T>,
  value: T,
  answer: OutboundResult<OutboundDocument>,
): number {
  const header = answer.ok ? answer.value.maxAgeSeconds : undefined
  const seconds = lifetimeOf?.(value, header) ?? header ?? defaultLifetime
  return Math.min(Math.max(seconds, minSeconds), maxSeconds)
}
