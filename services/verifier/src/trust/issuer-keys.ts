import type { X509Certificate } from 'node:crypto'
import {
  certificateNames,
  type IssuerKeyQuery,
  type IssuerKeyResolution,
  importPublicJwk,
} from '@mikromerit/credentials'
import type { PublishedKeys } from './published-keys.ts'
import type { TrustRegistry } from './registry.ts'
import type { TrustedIssuer } from './schemas.ts'

/** Which keys an issuer may have signed with, and how we know. */
export interface IssuerKeys {
  resolve(query: IssuerKeyQuery): Promise<IssuerKeyResolution>
}

export interface IssuerKeyOptions {
  readonly trust: TrustRegistry
  readonly published: PublishedKeys
}

/**
 * V-17: by the mechanism that is allowed for this issuer, never by one that the token prefers. Keys in the
 * registry exclude all others; else a certificate path to an anchor; else, for issuers in the registry
 * only, the keys it publishes at its own address. `jwk`, `jku` and `x5u` headers are never looked at.
 */
export function createIssuerKeys({ trust, published }: IssuerKeyOptions): IssuerKeys {
  return {
    resolve: async (query) => {
      const entry = query.issuer === undefined ? undefined : await trust.findIssuer(query.issuer)
      if (entry?.keys) return fromRegistry(entry.keys, query)
      const certified = query.x5c ? await fromCertificate(trust, query.x5c, query) : undefined
      if (certified?.outcome === 'found' || !entry) return certified ?? unknownIssuer
      return published.find(entry.identifier, query.kid)
    },
  }
}

const unknownIssuer: IssuerKeyResolution = {
  outcome: 'untrusted',
  detail: 'Neither a trust anchor nor the trust registry knows the issuer.',
}

function fromRegistry(
  keys: NonNullable<TrustedIssuer['keys']>,
  { kid }: IssuerKeyQuery,
): IssuerKeyResolution {
  // S-06: the kid only chooses among the keys we hold; one without a kid may be any of them.
  const candidates = keys.filter((key) => kid === undefined || (key.kid ?? kid) === kid)
  if (candidates.length === 0)
    return { outcome: 'mismatch', detail: 'The trust registry lists other keys for this issuer.' }
  return { outcome: 'found', keys: candidates.map(importPublicJwk), via: 'registry' }
}

/** V-18: the path leads to an anchor, is in force, and names the issuer. */
async function fromCertificate(
  trust: TrustRegistry,
  x5c: readonly string[],
  { issuer }: IssuerKeyQuery,
): Promise<IssuerKeyResolution> {
  const path = await trust.checkPath(x5c)
  if (!path.ok) {
    const isStrange = path.code === 'x5c_untrusted' || path.code === 'x5c_self_signed'
    return { outcome: isStrange ? 'untrusted' : 'mismatch', detail: path.detail }
  }
  const { leaf, anchor } = path.value
  if (issuer !== undefined && !isNamedBy(leaf, issuer))
    return { outcome: 'mismatch', detail: 'The certificate is for another issuer.' }
  return { outcome: 'found', keys: [leaf.publicKey], via: 'x5c', anchor: anchor.subject }
}

/**
 * A URI name that is the issuer, or a DNS name that is its host. A leaf with a URI on that host speaks for
 * that URI alone: one host may serve many issuers, and none may sign for its neighbour.
 */
function isNamedBy(leaf: X509Certificate, issuer: string): boolean {
  const { uris, dns } = certificateNames(leaf)
  if (uris.includes(issuer)) return true
  const url = URL.parse(issuer)
  if (!url) return false
  const onHost = uris.flatMap((uri) => URL.parse(uri) ?? []).filter(({ host }) => host === url.host)
  return onHost.length > 0
    ? onHost.some(({ href }) => href === url.href)
    : dns.includes(url.hostname)
}
