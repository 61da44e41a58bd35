import type { KeyObject } from 'node:crypto'
import {
  type IssuerKeyResolution,
  importPublicJwk,
  isObject,
  type PublicJwk,
  parseJsonObject,
  parsePublicJwk,
} from '@mikromerit/credentials'
import {
  type Clock,
  createDocumentCache,
  type DocumentCache,
  type Outbound,
} from '@mikromerit/service-kit'

/** Keys that issuers publish at their own addresses (SD-JWT VC, "JWT VC Issuer Metadata"). */
export interface PublishedKeys {
  find(issuer: string, kid: string | undefined): Promise<IssuerKeyResolution>
}

export interface PublishedKeyOptions {
  readonly outbound: Pick<Outbound, 'getText'>
  readonly clock: Clock
}

type Documents = DocumentCache<Record<string, unknown>>
type Found =
  | { ok: true; keys: PublicJwk[]; unsupported: readonly unknown[] }
  | { ok: false; resolution: IssuerKeyResolution }

const maxKeys = 20

export function createPublishedKeys({ outbound, clock }: PublishedKeyOptions): PublishedKeys {
  const documents: Documents = createDocumentCache({
    outbound,
    clock,
    request: {
      accept: 'application/json',
      mediaTypes: ['application/json', '+json'],
      maxBytes: 65_536,
    },
    parse: ({ body }) => {
      const parsed = parseJsonObject(body)
      return parsed.ok ? parsed.value : undefined
    },
  })
  return {
    find: async (issuer, kid) => {
      const kept = await readKeys(issuer, (url) => documents.get(url))
      const keys = kept.ok ? chooseKeys(kept.keys, kid) : []
      if (keys.length > 0) return { outcome: 'found', keys, via: 'metadata' }
      // A key we do not know may be new: look again, but not more often than the cool-down (S-07).
      const fresh = await readKeys(issuer, (url) => documents.refresh(url))
      if (!fresh.ok) return fresh.resolution
      const found = chooseKeys(fresh.keys, kid)
      if (found.length > 0) return { outcome: 'found', keys: found, via: 'metadata' }
      if (fresh.unsupported.some((name) => name === kid))
        return { outcome: 'unfit', cause: 'key_unsupported', detail: 'The key is not for ES256.' }
      return { outcome: 'mismatch', detail: 'The issuer publishes no such key.' }
    },
  }
}

async function readKeys(issuer: string, get: Documents['get']): Promise<Found> {
  const url = metadataUrl(issuer)
  if (url === undefined)
    return refusal('untrusted', 'The issuer is no web address, so it cannot publish keys.')
  const metadata = await get(url)
  if (!metadata.ok) return refusal('unreachable', 'The issuer’s metadata cannot be fetched.')
  const { issuer: published, jwks, jwks_uri: jwksUri } = metadata.value
  // Byte-equal, and exactly one of the two.
  if (published !== issuer || (jwks === undefined) === (jwksUri === undefined))
    return refusal('mismatch', 'The issuer’s metadata contradicts itself.')
  if (jwksUri === undefined) return readKeySet(jwks)
  if (typeof jwksUri !== 'string') return refusal('mismatch', 'The issuer’s jwks_uri is no text.')
  const keySet = await get(jwksUri)
  if (!keySet.ok) return refusal('unreachable', 'The issuer’s keys cannot be fetched.')
  return readKeySet(keySet.value)
}

/** Inserted before the path, whose last slash goes. The guarded client refuses http outside development. */
function metadataUrl(issuer: string): string | undefined {
  const url = URL.parse(issuer)
  if (!url || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '')
    return undefined
  return `${url.origin}/.well-known/jwt-vc-issuer${url.pathname.replace(/\/$/, '')}`
}

function readKeySet(jwks: unknown): Found {
  const listed: unknown[] = isObject(jwks) && Array.isArray(jwks.keys) ? jwks.keys : []
  const keys: PublicJwk[] = []
  const unsupported: unknown[] = []
  for (const value of listed.slice(0, maxKeys)) {
    const key = parsePublicJwk(value)
    if (key.ok && key.value.use !== 'enc') keys.push(key.value)
    if (!key.ok && key.code === 'jwk_unsupported' && isObject(value)) unsupported.push(value.kid)
  }
  return { ok: true, keys, unsupported }
}

/** S-06: candidates of the right type, with the token's kid when both say one. */
const chooseKeys = (keys: readonly PublicJwk[], kid: string | undefined): KeyObject[] =>
  keys
    .filter((key) => kid === undefined || key.kid === undefined || key.kid === kid)
    .map(importPublicJwk)

const refusal = (outcome: 'untrusted' | 'unreachable' | 'mismatch', detail: string): Found => ({
  ok: false,
  resolution: { outcome, detail },
})
