import {
  type FetchedStatusList,
  parseStatusListToken,
  type StatusListToken,
  type StatusSnapshot,
} from '@mikromerit/credentials'
import { type Clock, createDocumentCache, type Outbound } from '@mikromerit/service-kit'
import { describeFailure } from './fetch-failure.ts'
import { toSnapshot, writeJws } from './snapshots.ts'

/** Status lists of issuers, as verification asks for them. */
export interface StatusLists {
  fetch(uri: string): Promise<FetchedStatusList>
  /** Those in memory, as they were signed. */
  list(): StatusSnapshot[]
}

export interface StatusListOptions {
  readonly outbound: Pick<Outbound, 'getText'>
  readonly clock: Clock
  readonly maxBytes: number
  readonly maxCacheSeconds: number
}

type ParsedList = ReturnType<typeof parseStatusListToken>

const mediaType = 'application/statuslist+jwt'

/** All lists together, taken apart. */
const maxBytesInMemory = 64 * 1024 * 1024

/** Until a list that could not be had, or was none, is asked for again. */
const coolDownSeconds = 5

/**
 * Fetches lists whole and keeps them, so that no issuer learns who is being checked (S-33): for as long as
 * ttl and exp of the token say, then what HTTP says, within bounds; one fetch per list at a time (V-21).
 * They are kept taken apart, since a list is asked far more often than it is fetched. Whether a token is genuine
 * and still valid is for verification to say, each time it is used.
 */
export function createStatusLists(options: StatusListOptions): StatusLists {
  const { outbound, clock, maxBytes, maxCacheSeconds } = options
  const cache = createDocumentCache<ParsedList>({
    outbound,
    clock,
    request: { accept: mediaType, maxBytes },
    parse: ({ body }) => parseStatusListToken(body.trim()),
    lifetimeOf: (list, maxAgeSeconds) =>
      list.ok ? readLifetime(list.value, maxAgeSeconds, clock.now()) : coolDownSeconds,
    minSeconds: 0,
    maxSeconds: maxCacheSeconds,
    coolDownSeconds,
    room: { sizeOf: (list) => (list.ok ? sizeOf(list.value) : 0), maxBytes: maxBytesInMemory },
  })
  return {
    fetch: async (uri) => {
      const answer = await cache.get(uri)
      return answer.ok ? answer.value : describeFailure(answer.code)
    },
    list: () =>
      cache
        .list()
        .flatMap(({ url, value, fetchedAt }) =>
          value.ok ? [toSnapshot(url, 'token', fetchedAt, writeJws(value.value.jws))] : [],
        ),
  }
}

/**
 * Seconds a list may be kept: its ttl, else what HTTP says, and never past its exp (V-21). An issuer that says no-cache
 * publishes changes at once: then the list is asked about each time, which a 304 makes cheap.
 */
function readLifetime(
  { ttl, expiresAt }: StatusListToken,
  maxAgeSeconds: number | undefined,
  now: Date,
): number | undefined {
  const left = expiresAt && (expiresAt.getTime() - now.getTime()) / 1_000
  const said = [ttl ?? maxAgeSeconds, left].filter((seconds) => seconds !== undefined)
  return said.length === 0 ? undefined : Math.max(0, Math.min(...said))
}

/** The list, the text that was signed and the compressed list in the payload. */
const sizeOf = ({ bytes, jws }: StatusListToken): number =>
  bytes.length + 2 * jws.signingInput.length
