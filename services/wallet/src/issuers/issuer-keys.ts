import type { KeyObject, X509Certificate } from 'node:crypto'
import {
  accept,
  certificateNames,
  importPublicJwk,
  parsePublicJwk,
  parseVerificationJwk,
  verifyCertificatePath,
} from '@mikromerit/credentials'
import type { WalletContext } from '../context.ts'
import { decodeCertificate, withoutAnchor } from '../protocol/certificates.ts'

/**
 * How we know that a key is the issuer's: certified by a trust anchor, published at the issuer's own
 * https address, or only claimed by the credential itself.
 */
export const issuerTrusts = ['certificate', 'metadata', 'undetermined'] as const
export type IssuerTrust = (typeof issuerTrusts)[number]

export interface IssuerKeys {
  readonly keys: readonly KeyObject[]
  readonly trust: IssuerTrust
  /** Undetermined only because the issuer's own keys could not be fetched just now. */
  readonly isForNow: boolean
}

export type IssuerKeysResult =
  | ({ ok: true } & IssuerKeys)
  | { ok: false; code: 'issuer_unknown' | 'issuer_mismatch' | 'issuer_unreachable' }

interface IssuerKeysQuery {
  /** `iss` of the credential; optional when a certificate names the issuer. */
  readonly issuer: string | undefined
  readonly kid: string | undefined
  readonly x5c: readonly string[] | undefined
  /** The Credential Issuer Identifier the credential came from. */
  readonly issuerIdentifier: string
  /** Keys of a VC-JWT may be of any kind we know; others are ES256 on P-256 (HAIP). */
  readonly keyKinds?: 'any'
}

/** V-17: by certificate, else by the issuer's own metadata; keys the token brings along are never trusted. */
export async function findIssuerKeys(
  context: WalletContext,
  query: IssuerKeysQuery,
): Promise<IssuerKeysResult> {
  const leaf = readLeaf(query.x5c)
  const named = leaf !== undefined && isNamedBy(leaf, query.issuer ?? query.issuerIdentifier)
  const isOwnIssuer = query.issuer === undefined || query.issuer === query.issuerIdentifier
  // W-17: another `iss` needs a certificate that says the two belong together.
  if (!isOwnIssuer && !(named && isNamedBy(leaf, query.issuerIdentifier)))
    return { ok: false, code: 'issuer_mismatch' }

  if (leaf && named && isCertified(context, query.x5c ?? []))
    return { ok: true, keys: [leaf.publicKey], trust: 'certificate', isForNow: false }
  const published = await fetchPublishedKeys(context, query)
  if (published.ok && published.keys.length > 0)
    return { ok: true, keys: published.keys, trust: 'metadata', isForNow: false }
  const code = published.ok ? 'issuer_unknown' : published.code
  if (leaf)
    return {
      ok: true,
      keys: [leaf.publicKey],
      trust: 'undetermined',
      isForNow: code === 'issuer_unreachable',
    }
  return { ok: false, code }
}

function readLeaf(x5c: readonly string[] | undefined): X509Certificate | undefined {
  const [first] = x5c ?? []
  if (first === undefined) return undefined
  try {
    return decodeCertificate(first)
  } catch {
    return undefined
  }
}

/** V-18: a URI name equal to the issuer, or a DNS name equal to its host. */
function isNamedBy(leaf: X509Certificate, issuer: string): boolean {
  const names = certificateNames(leaf)
  return (
    names.uris.includes(issuer) ||
    (URL.canParse(issuer) && names.dns.includes(new URL(issuer).hostname))
  )
}

const isCertified = ({ anchors, clock }: WalletContext, x5c: readonly string[]): boolean =>
  verifyCertificatePath({ x5c: withoutAnchor(x5c, anchors), anchors, at: clock.now() }).ok

type PublishedKeys =
  | { ok: true; keys: readonly KeyObject[] }
  | { ok: false; code: 'issuer_unknown' | 'issuer_unreachable' }

/** SD-JWT VC 5: `/.well-known/jwt-vc-issuer` inserted before the path; `issuer` must be byte-equal. */
async function fetchPublishedKeys(
  context: WalletContext,
  query: IssuerKeysQuery,
): Promise<PublishedKeys> {
  const issuer = query.issuer ?? query.issuerIdentifier
  const keyUrl = readKeyUrl(issuer, query)
  if (keyUrl !== undefined) return fetchKey(context, keyUrl)
  const metadata = await fetchIssuerMetadata(context, issuer)
  if (!metadata.ok) return metadata
  const { issuer: published, jwks, jwks_uri: jwksUri } = metadata.value
  // Exactly one of jwks and jwks_uri.
  if (published !== issuer || (jwks === undefined) === (jwksUri === undefined))
    return { ok: false, code: 'issuer_unknown' }
  if (typeof jwksUri !== 'string') return { ok: true, keys: readKeys(jwks, query) }
  const fetched = await fetchJson(context, jwksUri)
  return fetched.ok ? { ok: true, keys: readKeys(fetched.value, query) } : fetched
}

/**
 * Open Badges 3.0, 8.2: a `kid` may be the address of the key itself. It counts only below the issuer's own identifier:
 * on a host with several issuers, one could otherwise sign for another (V-27).
 */
function readKeyUrl(issuer: string, { kid, keyKinds }: IssuerKeysQuery): string | undefined {
  const url = keyKinds === 'any' && /^https?:/.test(kid ?? '') ? URL.parse(kid ?? '') : null
  const home = URL.parse(issuer)
  if (!url || !home || url.origin !== home.origin) return undefined
  url.hash = ''
  return url.pathname.startsWith(`${home.pathname.replace(/\/$/, '')}/`) ? url.href : undefined
}

async function fetchKey(context: WalletContext, url: string): Promise<PublishedKeys> {
  const document = await fetchJson(context, url)
  if (!document.ok) return document
  const key = parseVerificationJwk(document.value)
  return key.ok ? { ok: true, keys: [key.value] } : { ok: false, code: 'issuer_unknown' }
}

/** The issuer's `jwt-vc-issuer` metadata, as it stands; whose it is, is for the caller to check. */
export async function fetchIssuerMetadata(context: WalletContext, issuer: string) {
  if (!URL.canParse(issuer)) return { ok: false, code: 'issuer_unknown' } as const
  const { origin, pathname } = new URL(issuer)
  return fetchJson(context, `${origin}/.well-known/jwt-vc-issuer${pathname.replace(/\/$/, '')}`)
}

async function fetchJson(
  context: WalletContext,
  url: string,
): Promise<
  | { ok: true; value: Record<string, unknown> }
  | { ok: false; code: 'issuer_unknown' | 'issuer_unreachable' }
> {
  const answer = await context.outbound.getJson(url, { maxBytes: 262_144 })
  if (!answer.ok) {
    const isOutage =
      answer.code === 'timeout' || answer.code === 'unreachable' || (answer.status ?? 0) >= 500
    return { ok: false, code: isOutage ? 'issuer_unreachable' : 'issuer_unknown' }
  }
  const { body } = answer.value
  return isRecord(body) ? { ok: true, value: body } : { ok: false, code: 'issuer_unknown' }
}

/** S-06: candidates of the right type only; those with the token's `kid` when it has one. At most 20. */
function readKeys(jwks: unknown, { kid, keyKinds }: IssuerKeysQuery): KeyObject[] {
  const listed = isRecord(jwks) && Array.isArray(jwks.keys) ? jwks.keys : []
  // A key published without a `kid` may be the one; a key with another one is not.
  const candidates = listed.filter(
    (value: unknown) =>
      isRecord(value) &&
      value.use !== 'enc' &&
      (kid === undefined || value.kid === undefined || value.kid === kid),
  )
  const readKey = keyKinds === 'any' ? parseVerificationJwk : readP256Key
  return candidates.slice(0, 20).flatMap((value: unknown) => {
    const key = readKey(value)
    return key.ok ? [key.value] : []
  })
}

function readP256Key(value: unknown) {
  const jwk = parsePublicJwk(value)
  return jwk.ok ? accept(importPublicJwk(jwk.value)) : jwk
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
