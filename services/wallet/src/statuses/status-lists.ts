import {
  type BitstringStatusList,
  parseStatusListCredential,
  parseStatusListToken,
  type StatusListToken,
  statusListCredentialMediaType,
} from '@mikromerit/credentials'
import {
  type Clock,
  createDocumentCache,
  type DocumentCache,
  type Outbound,
} from '@mikromerit/service-kit'

/** Status lists of issuers, whole and taken apart; undefined when one cannot be had or read. */
export interface StatusLists {
  fetchToken(uri: string, age: StatusAge): Promise<StatusListToken | undefined>
  fetchCredential(url: string, age: StatusAge): Promise<BitstringStatusList | undefined>
}

/** `kept`: as old as the issuer allows. `latest`: the issuer is asked, since the learner does. */
export type StatusAge = 'kept' | 'latest'

const maxListBytes = 1_048_576
const maxInflatedBytes = 2 * 1_048_576
/** Of each kind: learners ask for few lists, and memory is for many learners. */
const maxBytesInMemory = 8 * 1_048_576

/**
 * Fetches lists whole, so that no issuer learns whose credential is asked about (S-33), and keeps them for as long
 * as they say. Whether a list is genuine is checked each time it is used.
 */
export function createStatusLists(outbound: Outbound, clock: Clock): StatusLists {
  const bounds = { outbound, clock, minSeconds: 30, maxSeconds: 3_600, coolDownSeconds: 0 }
  const tokens = createDocumentCache<StatusListToken>({
    ...bounds,
    request: { accept: 'application/statuslist+jwt', maxBytes: maxListBytes },
    parse: ({ body }) => valueIn(parseStatusListToken(body.trim(), { maxInflatedBytes })),
    lifetimeOf: ({ ttl, expiresAt }, maxAge) => lifetime(ttl ?? maxAge, expiresAt, clock.now()),
    room: { sizeOf: ({ bytes, jws }) => sizeOf(bytes, jws), maxBytes: maxBytesInMemory },
  })
  const credentials = createDocumentCache<BitstringStatusList>({
    ...bounds,
    request: { accept: statusListCredentialMediaType, maxBytes: maxListBytes },
    parse: ({ body }) => valueIn(parseStatusListCredential(body.trim(), { maxInflatedBytes })),
    lifetimeOf: ({ ttl, vc }, maxAge) =>
      lifetime(Math.min(ttl, maxAge ?? ttl), vc.facts.validUntil ?? vc.expiresAt, clock.now()),
    room: { sizeOf: ({ bytes, vc }) => sizeOf(bytes, vc.jws), maxBytes: maxBytesInMemory },
  })
  return {
    fetchToken: async (uri, age) => valueIn(await fetchFrom(tokens, uri, age)),
    fetchCredential: async (url, age) => valueIn(await fetchFrom(credentials, url, age)),
  }
}

const fetchFrom = <T>(cache: DocumentCache<T>, url: string, age: StatusAge) =>
  age === 'latest' ? cache.refresh(url) : cache.get(url)

const valueIn = <T>(result: { ok: true; value: T } | { ok: false }): T | undefined =>
  result.ok ? result.value : undefined

/** Its ttl, else what HTTP says, and never past its end (V-21). */
function lifetime(seconds: number | undefined, end: Date | undefined, now: Date) {
  const left = end && (end.getTime() - now.getTime()) / 1_000
  const said = [seconds, left].filter((value) => value !== undefined)
  return said.length === 0 ? undefined : Math.max(0, Math.min(...said))
}

/** The list, the text that was signed and the compressed list in the payload. */
const sizeOf = (bytes: Uint8Array, { signingInput }: { signingInput: string }): number =>
  bytes.length + 2 * signingInput.length
