import type { X509Certificate } from 'node:crypto'
import {
  type CertificatePath,
  type CertificateRefusal,
  certificateNames,
} from '../jose/certificates.ts'
import { importPublicJwk } from '../jose/jwk.ts'
import type { Result } from '../result.ts'
import type { IssuerKeyQuery, IssuerKeyResolution } from '../verification/context.ts'
import type { IssuerRegistry } from './authorise.ts'
import type { PublishedKeys } from './published-keys.ts'
import type { RegisteredIssuer } from './registered-issuer.ts'

/** Whom a verifier trusts. */
export interface TrustSource extends IssuerRegistry {
  /** Whether a certificate chain leads to an anchor that is in force now (V-18). */
  checkPath(
    x5c: readonly string[],
    keyKinds?: IssuerKeyQuery['keyKinds'],
  ): Promise<Result<CertificatePath, CertificateRefusal>>
}

/** Which keys an issuer may have signed with, and how we know. */
export interface IssuerKeys {
  resolve(query: IssuerKeyQuery): Promise<IssuerKeyResolution>
}

export interface IssuerKeyOptions {
  readonly trust: TrustSource
  readonly published: PublishedKeys
}

/**
 * V-17: by the mechanism that is allowed for this issuer, never by one that the token prefers. Keys in the
 * registry exclude all others; else a certificate path to an anchor, which for a badge lies with the key it
 * names; else, for issuers in the registry only, the keys it publishes at its own address. `jwk`, `jku` and `x5u` headers are never looked at.
 */
export function createIssuerKeys({ trust, published }: IssuerKeyOptions): IssuerKeys {
  return {
    resolve: async (query) => {
      const certified = query.x5c ? await fromCertificate(trust, query.x5c, query) : undefined
      const issuer = query.issuer ?? nameIn(certified)
      const entry = issuer === undefined ? undefined : await trust.findIssuer(issuer)
      if (entry?.keys) return fromRegistry({ ...entry, keys: entry.keys }, query)
      if (certified?.outcome === 'found') return certified
      if (entry) return published.find(entry.identifier, query)
      return certified ?? (await fromNamedKey({ trust, published }, query)) ?? unknownIssuer
    },
  }
}

/** Whom the certificate names, for a credential that names nobody itself. */
const nameIn = (certified: IssuerKeyResolution | undefined): string | undefined =>
  certified?.outcome === 'found' ? certified.issuer : undefined

type IssuerWithKeys = RegisteredIssuer & { readonly keys: NonNullable<RegisteredIssuer['keys']> }

const unknownIssuer: IssuerKeyResolution = {
  outcome: 'untrusted',
  detail: 'Neither a trust anchor nor the trust registry knows the issuer.',
}

function fromRegistry(
  { identifier, keys }: IssuerWithKeys,
  { kid }: IssuerKeyQuery,
): IssuerKeyResolution {
  // S-06: the kid only chooses among the keys we hold; one without a kid may be any of them.
  const candidates = keys.filter((key) => kid === undefined || (key.kid ?? kid) === kid)
  if (candidates.length === 0)
    return { outcome: 'mismatch', detail: 'The trust registry lists other keys for this issuer.' }
  const found = candidates.map(importPublicJwk)
  return { outcome: 'found', keys: found, via: 'registry', issuer: identifier }
}

/** A badge (I-55) and a code on paper have no room for certificates: they lie with the key that is named. */
async function fromNamedKey(
  { trust, published }: IssuerKeyOptions,
  query: IssuerKeyQuery,
): Promise<IssuerKeyResolution | undefined> {
  if (query.issuer === undefined) return undefined
  const named = await published.findCertificates(query.issuer, query)
  if (!named) return undefined
  const certified = await fromCertificate(trust, named.x5c, query)
  if (certified.outcome !== 'found' || certified.keys.some((key) => key.equals(named.key)))
    return certified
  return { outcome: 'mismatch', detail: 'The certificate is for another key.' }
}

/** V-18: the path leads to an anchor, is in force now and was at signing, and names the issuer. */
async function fromCertificate(
  trust: TrustSource,
  x5c: readonly string[],
  { issuer, signedAt, keyKinds }: IssuerKeyQuery,
): Promise<IssuerKeyResolution> {
  const path = await trust.checkPath(x5c, keyKinds)
  if (!path.ok) {
    const { code, detail } = path
    const isStrange = code === 'x5c_untrusted' || code === 'x5c_self_signed'
    return isStrange ? { outcome: 'untrusted', detail } : { outcome: 'unfit', cause: code, detail }
  }
  const { leaf, anchor } = path.value
  if (issuer !== undefined && !isNamedBy(leaf, issuer))
    return { outcome: 'mismatch', detail: 'The certificate is for another issuer.' }
  if (signedAt && signedAt.getTime() < leaf.validFromDate.getTime() - roundingMs)
    return { outcome: 'unfit', cause: 'x5c_not_valid_at_signing', detail: signedTooEarly }
  const named = issuer ?? nameOf(leaf)
  return {
    outcome: 'found',
    keys: [leaf.publicKey],
    via: 'x5c',
    anchor: anchor.subject,
    ...(named !== undefined && { issuer: named }),
  }
}

// Issuers may round `iat` down to the day, so that copies cannot be told apart by it (SD-JWT VC, privacy).
const roundingMs = 86_400_000

const signedTooEarly = 'The certificate was not valid yet when the credential was issued.'

/** The issuer of a credential without `iss`: the URI in its certificate, else the host. */
function nameOf(leaf: X509Certificate): string | undefined {
  const { uris, dns } = certificateNames(leaf)
  const [host] = dns
  return uris[0] ?? (host === undefined ? undefined : `https://${host}`)
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
