import { createHash, X509Certificate } from 'node:crypto'
import { accept, type Result, refuse } from '../result.ts'
import { readKeyUsage } from './key-usage.ts'

export type CertificateRefusal =
  | 'x5c_malformed'
  | 'x5c_self_signed'
  | 'x5c_contains_anchor'
  | 'x5c_not_allowed'
  | 'x5c_expired'
  | 'x5c_untrusted'

export interface CertificatePath {
  readonly leaf: X509Certificate
  readonly anchor: X509Certificate
}

export interface CertificatePathOptions {
  /** Base64 DER, leaf first, as in the JOSE header. */
  readonly x5c: readonly string[]
  /** Certificates trusted as such, from configuration or a trust list, never from the token (V-18). */
  readonly anchors: readonly X509Certificate[]
  /** The instant at which every certificate must be valid. */
  readonly at: Date
}

/**
 * Builds and checks the path from an `x5c` header to a trust anchor (RFC 5280 section 6, as far as HAIP 1.0
 * section 4.5.1 and V-18 use it): order, signatures, validity, basic constraints and key usage. The leaf
 * must not be self-signed and the anchor must not be in the chain.
 */
export function verifyCertificatePath(
  options: CertificatePathOptions,
): Result<CertificatePath, CertificateRefusal> {
  const chain = parseCertificateChain(options.x5c)
  const [leaf] = chain ?? []
  const last = chain?.at(-1)
  if (!chain || !leaf || !last)
    return refuse('x5c_malformed', 'x5c does not hold one to five certificates.')
  if (isIssuedBy(leaf, leaf))
    return refuse('x5c_self_signed', 'The leaf certificate is self-signed.')
  const anchor = options.anchors.find((candidate) => isIssuedBy(last, candidate))
  if (chain.some((member) => options.anchors.some(({ raw }) => raw.equals(member.raw)))) {
    return refuse(
      'x5c_contains_anchor',
      'x5c holds the trust anchor, which must come from the trust list alone.',
    )
  }
  const fault = checkLinks(chain)
  if (fault) return fault
  if (!anchor)
    return refuse('x5c_untrusted', 'The certificate path does not lead to a trust anchor.')
  if (![...chain, anchor].every((certificate) => isValidAt(certificate, options.at))) {
    return refuse('x5c_expired', 'A certificate of the path is not valid at this time.')
  }
  return accept({ leaf, anchor })
}

/** The certificates of an `x5c` header, or undefined when it is malformed. Proves nothing. */
export function parseCertificateChain(x5c: readonly string[]): X509Certificate[] | undefined {
  if (x5c.length === 0 || x5c.length > 5) return undefined
  try {
    return x5c.map((encoded) => new X509Certificate(Buffer.from(encoded, 'base64')))
  } catch {
    return undefined
  }
}

/** The DNS names and URIs of the subject alternative name extension. */
export function certificateNames({ subjectAltName }: X509Certificate): {
  dns: string[]
  uris: string[]
} {
  const names = { dns: [] as string[], uris: [] as string[] }
  // Node prints names with special characters as JSON strings, so that none can pose as two.
  for (const [, kind, name = ''] of (subjectAltName ?? '').matchAll(
    /(DNS|URI):("(?:[^"\\]|\\.)*"|[^,]*)/g,
  )) {
    const text = name.startsWith('"') ? String(JSON.parse(name)) : name
    ;(kind === 'DNS' ? names.dns : names.uris).push(text)
  }
  return names
}

/** Base64url SHA-256 over the DER certificate: the `x509_hash` of OpenID4VP 1.0, section 5.9.3. */
export const certificateThumbprint = ({ raw }: X509Certificate): string =>
  createHash('sha256').update(raw).digest('base64url')

function checkLinks(chain: readonly X509Certificate[]) {
  const [leaf, ...authorities] = chain
  if (!leaf || leaf.ca || !(readKeyUsage(leaf)?.digitalSignature ?? true)) {
    return refuse('x5c_not_allowed', 'The leaf certificate may not sign credentials.')
  }
  for (const [index, authority] of authorities.entries()) {
    const subject = chain[index]
    if (!authority.ca || !(readKeyUsage(authority)?.keyCertSign ?? true)) {
      return refuse('x5c_not_allowed', 'A certificate of the path may not issue certificates.')
    }
    if (!subject || !isIssuedBy(subject, authority)) {
      return refuse('x5c_untrusted', 'A certificate of the path was not issued by the next one.')
    }
  }
  return undefined
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
}

const isValidAt = ({ validFromDate, validToDate }: X509Certificate, at: Date): boolean =>
  validFromDate <= at && at <= validToDate
