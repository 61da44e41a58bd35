import {
  accept,
  type BitstringStatusList,
  type FetchedBitstringList,
  parseStatusListCredential,
  type Result,
  type StatusFetchRefusal,
  type StatusSnapshot,
  statusListCredentialMediaType,
} from '@mikromerit/credentials'
import { createDocumentCache } from '@mikromerit/service-kit'
import { describeFailure } from './fetch-failure.ts'
import { toSnapshot, writeJws } from './snapshots.ts'
import type { StatusListOptions } from './status-lists.ts'

/** Status lists of VC-JWTs, as verification asks for them. */
export interface BitstringLists {
  fetch(uri: string): Promise<FetchedBitstringList>
  /** A 1EdTech Revocation List, which nobody signed: its text. */
  fetchRevocations(uri: string): Promise<Result<string, StatusFetchRefusal>>
  /** Those in memory, as they came. */
  list(): StatusSnapshot[]
}

type ParsedList = ReturnType<typeof parseStatusListCredential>

/** All lists together, taken apart. */
const maxBytesInMemory = 64 * 1024 * 1024
const coolDownSeconds = 5
const maxInflatedBytes = 8 * 1024 * 1024

/** As {@link createStatusLists}, for Bitstring Status Lists: fetched whole, kept for their ttl within bounds (V-21). */
export function createBitstringLists(options: StatusListOptions): BitstringLists {
  const { outbound, clock, maxBytes, maxCacheSeconds } = options
  const kept = { outbound, clock, minSeconds: 0, maxSeconds: maxCacheSeconds, coolDownSeconds }
  const lists = createDocumentCache<ParsedList>({
    ...kept,
    request: { accept: statusListCredentialMediaType, maxBytes },
    parse: ({ body }) => parseStatusListCredential(body.trim(), { maxInflatedBytes }),
    lifetimeOf: (list, maxAgeSeconds) =>
      list.ok ? readLifetime(list.value, maxAgeSeconds, clock.now()) : coolDownSeconds,
    room: {
      sizeOf: (list) =>
        list.ok ? list.value.bytes.length + 2 * list.value.vc.jws.signingInput.length : 0,
      maxBytes: maxBytesInMemory,
    },
  })
  const revocations = createDocumentCache<string>({
    ...kept,
    request: { accept: 'application/json', mediaTypes: ['application/json', '+json'], maxBytes },
    parse: ({ body }) => body,
    room: { sizeOf: (body) => 2 * body.length, maxBytes: maxBytesInMemory },
  })
  return {
    fetch: async (uri) => {
      const answer = await lists.get(uri)
      return answer.ok ? answer.value : describeFailure(answer.code)
    },
    fetchRevocations: async (uri) => {
      const answer = await revocations.get(uri)
      return answer.ok ? accept(answer.value) : describeFailure(answer.code)
    },
    list: () => [
      ...lists
        .list()
        .flatMap(({ url, value, fetchedAt }) =>
          value.ok ? [toSnapshot(url, 'bitstring', fetchedAt, writeJws(value.value.vc.jws))] : [],
        ),
      ...revocations
        .list()
        .map(({ url, value, fetchedAt }) => toSnapshot(url, 'revocations', fetchedAt, value)),
    ],
  }
}

/** Its ttl or less where HTTP says less, and never past its end (V-21). */
function readLifetime(
  { ttl, vc }: BitstringStatusList,
  maxAgeSeconds: number | undefined,
  now: Date,
): number {
  const ends = [vc.expiresAt, vc.facts.validUntil].filter((end) => end !== undefined)
  const left = ends.map((end) => (end.getTime() - now.getTime()) / 1_000)
  return Math.max(0, Math.min(ttl, maxAgeSeconds ?? ttl, ...left))
}
