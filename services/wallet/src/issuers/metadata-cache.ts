import type { Clock } from '@mikromerit/service-kit'
import type { IssuerMetadataResult } from '@openid4vc/openid4vci'

/** Metadata of issuers, read and checked once for as long as their own Cache-Control lets it be kept. */
export interface MetadataCache {
  find(issuer: string): IssuerMetadataResult | undefined
  keep(issuer: string, metadata: IssuerMetadataResult, maxAgeSeconds: number): void
}

const maxIssuers = 50
const maxSeconds = 300

/** Most offers come from few issuers; whoever was asked for first makes room for others. */
export function createMetadataCache(clock: Clock): MetadataCache {
  const kept = new Map<string, { metadata: IssuerMetadataResult; until: number }>()
  return {
    find: (issuer) => {
      const entry = kept.get(issuer)
      return entry && entry.until > clock.now().getTime() ? entry.metadata : undefined
    },
    keep: (issuer, metadata, maxAgeSeconds) => {
      const seconds = Math.min(maxAgeSeconds, maxSeconds)
      kept.delete(issuer)
      if (seconds <= 0) return
      const [oldest] = kept.keys()
      if (kept.size >= maxIssuers && oldest !== undefined) kept.delete(oldest)
      kept.set(issuer, { metadata, until: clock.now().getTime() + seconds * 1_000 })
    },
  }
}

/** A fetch that notes for how long all its answers may be kept: as long as the shortest of them says. */
export function noteMaxAge(fetch: typeof globalThis.fetch) {
  const ages: number[] = []
  const noting: typeof globalThis.fetch = async (input, init) => {
    const response = await fetch(input, init)
    ages.push(readMaxAge(response.headers.get('cache-control') ?? ''))
    return response
  }
  return { fetch: noting, maxAge: () => (ages.length === 0 ? 0 : Math.min(...ages)) }
}

/** RFC 9111 5.2.2; 0 for what does not say. */
function readMaxAge(header: string): number {
  const directives = header.toLowerCase().split(/\s*,\s*/)
  if (directives.includes('no-store') || directives.includes('no-cache')) return 0
  const given = directives.find((directive) => /^max-age=\d{1,9}$/.test(directive))
  return Number(given?.slice('max-age='.length) ?? 0)
}
