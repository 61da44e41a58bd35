import { parseJws } from '@mikromerit/credentials'
import { type Clock, createDocumentCache, type Outbound } from '@mikromerit/service-kit'

/** Status list tokens of issuers, as verification asks for them. */
export interface StatusLists {
  fetchToken(uri: string): Promise<FetchedList>
}

export type FetchedList =
  | { readonly ok: true; readonly value: string }
  | {
      readonly ok: false
      readonly code: 'unreachable' | 'oversized' | 'malformed'
      readonly detail: string
    }

export interface StatusListOptions {
  readonly outbound: Pick<Outbound, 'getText'>
  readonly clock: Clock
  readonly maxBytes: number
  readonly maxCacheSeconds: number
}

const mediaType = 'application/statuslist+jwt'

/**
 * Fetches lists whole and keeps them, so that no issuer learns who is being checked (S-33): for as long as
 * ttl and exp of the token say, then what HTTP says, within bounds; one fetch per list at a time (V-21).
 * Whether a token is genuine and still valid is for verification to say, each time it is used.
 */
export function createStatusLists(options: StatusListOptions): StatusLists {
  const { outbound, clock, maxBytes, maxCacheSeconds } = options
  const cache = createDocumentCache<string>({
    outbound,
    clock,
    request: { accept: mediaType, maxBytes },
    parse: ({ body }) => body.trim(),
    lifetimeOf: (token) => readLifetime(token, clock.now()),
    minSeconds: 1,
    maxSeconds: maxCacheSeconds,
    coolDownSeconds: 5,
  })
  return {
    fetchToken: async (uri) => {
      const answer = await cache.get(uri)
      return answer.ok ? answer : describeFailure(answer.code)
    },
  }
}

function describeFailure(code: string): FetchedList {
  if (code === 'too_large')
    return { ok: false, code: 'oversized', detail: 'The status list is larger than is read here.' }
  if (code === 'media_type' || code === 'malformed')
    return { ok: false, code: 'malformed', detail: 'The address holds no status list token.' }
  return { ok: false, code: 'unreachable', detail: 'The status list cannot be fetched.' }
}

/** The shorter of ttl and what is left until exp, in seconds; the token has not been verified yet. */
function readLifetime(token: string, now: Date): number | undefined {
  const jws = parseJws(token, { length: token.length })
  if (!jws.ok) return undefined
  const { ttl, exp } = jws.value.payload
  const left = isCount(exp) ? exp - now.getTime() / 1_000 : undefined
  const said = [ttl, left].filter(isCount)
  return said.length === 0 ? undefined : Math.min(...said)
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value)
