import type { KeyObject } from 'node:crypto'
import { isObject } from '../jose/json.ts'
import { importPublicJwk, parsePublicJwk } from '../jose/jwk.ts'
import { accept, type Result } from '../result.ts'
import { parseVerificationJwk } from '../vc-jose/keys.ts'
import type { IssuerKeyQuery, IssuerKeyResolution } from '../verification/context.ts'
import { metadataUrl } from './metadata-url.ts'

/** Keys that issuers publish at their own addresses (SD-JWT VC, "JWT VC Issuer Metadata"). */
export interface PublishedKeys {
  find(issuer: string, query: KeyQuery): Promise<IssuerKeyResolution>
  /** The certificates that lie with the key a token names: at its address, or in the issuer's metadata. */
  findCertificates(issuer: string, query: KeyQuery): Promise<CertifiedKey | undefined>
}

export interface CertifiedKey {
  readonly key: KeyObject
  readonly x5c: readonly string[]
}

type KeyQuery = Pick<IssuerKeyQuery, 'kid' | 'keyKinds' | 'isBare'>

type Document = Readonly<Record<string, unknown>>
type FoundDocument = { readonly ok: true; readonly value: Document } | { readonly ok: false }

/** Metadata and keys of issuers, by address. All I/O is the caller's. */
export interface IssuerDocuments {
  get(url: string): Promise<FoundDocument>
  /** Looks again, where that is possible. */
  refresh(url: string): Promise<FoundDocument>
}

interface PublishedKey {
  readonly key: KeyObject
  readonly kid: unknown
  readonly x5c: unknown
}

type Found =
  | { ok: true; keys: PublishedKey[]; unsupported: readonly unknown[] }
  | { ok: false; resolution: IssuerKeyResolution }

const maxKeys = 20

export function createPublishedKeys(documents: IssuerDocuments): PublishedKeys {
  return {
    find: async (issuer, query) => {
      const named = await findByAddress(documents, issuer, query)
      return named ?? findInMetadata(documents, issuer, query)
    },
    findCertificates: async (issuer, query) => {
      const document = await fetchNamedKey(documents, issuer, query)
      if (!document) return findCertifiedKey(documents, issuer, query)
      const key = parseVerificationJwk(document)
      return key.ok && isChain(document.x5c) ? { key: key.value, x5c: document.x5c } : undefined
    },
  }
}

/** A token without room for certificates names its key by `kid` alone. */
async function findCertifiedKey(
  documents: IssuerDocuments,
  issuer: string,
  query: KeyQuery,
): Promise<CertifiedKey | undefined> {
  if (!query.isBare || query.kid === undefined) return undefined
  const read = await readKeys(issuer, query, (url) => documents.get(url))
  const named = read.ok ? read.keys.find(({ kid }) => kid === query.kid) : undefined
  return named && isChain(named.x5c) ? { key: named.key, x5c: named.x5c } : undefined
}

async function findInMetadata(
  documents: IssuerDocuments,
  issuer: string,
  query: KeyQuery,
): Promise<IssuerKeyResolution> {
  const { kid } = query
  const kept = await readKeys(issuer, query, (url) => documents.get(url))
  const keys = kept.ok ? chooseKeys(kept.keys, kid) : []
  if (keys.length > 0) return { outcome: 'found', keys, via: 'metadata' }
  // A key we do not know may be new: look again, but not more often than the cool-down (S-07).
  const fresh = await readKeys(issuer, query, (url) => documents.refresh(url))
  if (!fresh.ok) return fresh.resolution
  const found = chooseKeys(fresh.keys, kid)
  if (found.length > 0) return { outcome: 'found', keys: found, via: 'metadata' }
  if (fresh.unsupported.some((name) => name === kid))
    return {
      outcome: 'unfit',
      cause: 'key_unsupported',
      detail: 'The key is of an unsupported kind.',
    }
  return { outcome: 'mismatch', detail: 'The issuer publishes no such key.' }
}

async function findByAddress(
  documents: IssuerDocuments,
  issuer: string,
  query: KeyQuery,
): Promise<IssuerKeyResolution | undefined> {
  const document = await fetchNamedKey(documents, issuer, query)
  if (!document) return undefined
  const key = parseVerificationJwk(document)
  if (key.ok) return { outcome: 'found', keys: [key.value], via: 'metadata' }
  return { outcome: 'unfit', cause: 'key_unsupported', detail: 'The key cannot be used.' }
}

/**
 * Open Badges 3.0, 8.2: a `kid` may be the address of the key itself. It is fetched only below the issuer's own
 * identifier: whoever writes a token could otherwise name a key of their own, or of a neighbour on the host (V-27).
 */
async function fetchNamedKey(
  documents: IssuerDocuments,
  issuer: string,
  { kid = '', keyKinds }: KeyQuery,
): Promise<Document | undefined> {
  const url = keyKinds === 'vc_jwt' && /^https?:/.test(kid) ? URL.parse(kid) : null
  if (!url || !isBelow(url, URL.parse(issuer))) return undefined
  url.hash = ''
  const document = await documents.get(url.href)
  return document.ok && document.value.kty !== undefined ? document.value : undefined
}

const isBelow = (url: URL, home: URL | null): boolean =>
  url.origin === home?.origin && url.pathname.startsWith(`${home.pathname.replace(/\/$/, '')}/`)

const isChain = (x5c: unknown): x5c is string[] =>
  Array.isArray(x5c) && x5c.length > 0 && x5c.every((one) => typeof one === 'string')

async function readKeys(
  issuer: string,
  query: KeyQuery,
  get: IssuerDocuments['get'],
): Promise<Found> {
  const url = metadataUrl(issuer)
  if (url === undefined)
    return refusal('untrusted', 'The issuer is no web address, so it cannot publish keys.')
  const metadata = await get(url)
  if (!metadata.ok) return refusal('unreachable', 'The issuer’s metadata cannot be fetched.')
  const { issuer: published, jwks, jwks_uri: jwksUri } = metadata.value
  // Byte-equal, and exactly one of the two.
  if (published !== issuer || (jwks === undefined) === (jwksUri === undefined))
    return refusal('mismatch', 'The issuer’s metadata contradicts itself.')
  if (jwksUri === undefined) return readKeySet(jwks, query)
  if (typeof jwksUri !== 'string') return refusal('mismatch', 'The issuer’s jwks_uri is no text.')
  const keySet = await get(jwksUri)
  if (!keySet.ok) return refusal('unreachable', 'The issuer’s keys cannot be fetched.')
  return readKeySet(keySet.value, query)
}

function readKeySet(jwks: unknown, { keyKinds }: KeyQuery): Found {
  const listed: unknown[] = isObject(jwks) && Array.isArray(jwks.keys) ? jwks.keys : []
  const parse = keyKinds === 'vc_jwt' ? parseVerificationJwk : parseEs256Key
  const keys: PublishedKey[] = []
  const unsupported: unknown[] = []
  for (const value of listed.slice(0, maxKeys)) {
    if (!isObject(value) || value.use === 'enc') continue
    const key = parse(value)
    if (key.ok) keys.push({ key: key.value, kid: value.kid, x5c: value.x5c })
    else if (key.code === 'jwk_unsupported') unsupported.push(value.kid)
  }
  return { ok: true, keys, unsupported }
}

function parseEs256Key(value: unknown): Result<KeyObject> {
  const key = parsePublicJwk(value)
  return key.ok ? accept(importPublicJwk(key.value)) : key
}

/** S-06: candidates of the right type, with the token's kid when both say one. */
const chooseKeys = (keys: readonly PublishedKey[], kid: string | undefined): KeyObject[] =>
  keys
    .filter((key) => kid === undefined || key.kid === undefined || key.kid === kid)
    .map(({ key }) => key)

const refusal = (outcome: 'untrusted' | 'unreachable' | 'mismatch', detail: string): Found => ({
  ok: false,
  resolution: { outcome, detail },
})
