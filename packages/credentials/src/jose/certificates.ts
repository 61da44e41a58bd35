import { createHash, type KeyObject, X509Certificate } from 'node:crypto'
import { accept, type Result, refuse } from '../result.ts'
import { readCertificateExtensions } from './certificate-extensions.ts'

export type CertificateRefusal =
  | 'x5c_malformed'
  | 'x5c_self_signed'
  | 'x5c_contains_anchor'
  | 'x5c_not_allowed'
  | 'x5c_key_unsupported'
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
  /** Which keys the leaf may hold. Default: an EC key on P-256; XML signatures use others. */
  readonly acceptsLeafKey?: (key: KeyObject) => boolean
}

const maxCertificates = 5
const maxCertificateBytes = 8192

/**
 * Builds and checks the path from an `x5c` header to a trust anchor (RFC 5280 section 6, as far as HAIP 1.0
 * section 4.5.1 and V-18 use it): order, signatures, validity, basic constraints and key usage. The leaf
 * must hold an EC key on P-256 and not be self-signed; the anchor must not be in the chain.
 */
export function verifyCertificatePath(
  options: CertificatePathOptions,
): Result<CertificatePath, CertificateRefusal> {
  const chain = parseCertificateChain(options.x5c)
  const [leaf] = chain ?? []
  const last = chain?.at(-1)
  if (!chain || !leaf || !last)
    return refuse('x5c_malformed', 'x5c does not hold one to five certificates of at most 8 KiB.')
  if (!chain.every(hasReadableKey))
    return refuse('x5c_key_unsupported', 'A certificate of the path holds a key that is none.')
  if (isSelfSigned(leaf)) return refuse('x5c_self_signed', 'The leaf certificate is self-signed.')
  if (chain.some((member) => options.anchors.some(({ raw }) => raw.equals(member.raw)))) {
    return refuse(
      'x5c_contains_anchor',
      'x5c holds the trust anchor, which must come from the trust list alone.',
    )
  }
  const fault = checkLeaf(leaf, options.acceptsLeafKey ?? isEs256Key) ?? checkLinks(chain)
  if (fault) return fault
  // A renewed anchor keeps its name and often its key: any of them may complete the path.
  const anchors = options.anchors.filter(
    (candidate) => hasReadableKey(candidate) && isIssuedBy(last, candidate),
  )
  if (anchors.length === 0)
    return refuse('x5c_untrusted', 'The certificate path does not lead to a trust anchor.')
  const permitted = anchors.filter((candidate) => mayIssue(candidate, chain.length - 1))
  if (permitted.length === 0)
    return refuse('x5c_not_allowed', 'The trust anchor may not issue this path.')
  const anchor = permitted.find((candidate) => isValidAt(candidate, options.at))
  if (!anchor || !chain.every((certificate) => isValidAt(certificate, options.at))) {
    return refuse('x5c_expired', 'A certificate of the path is not valid at this time.')
  }
  return accept({ leaf, anchor })
}

/** The certificates of an `x5c` header, or undefined when it is malformed. Proves nothing. */
export function parseCertificateChain(x5c: readonly string[]): X509Certificate[] | undefined {
  if (x5c.length === 0 || x5c.length > maxCertificates) return undefined
  const chain: X509Certificate[] = []
  for (const encoded of x5c) {
    const certificate = parseCertificate(encoded)
    if (!certificate) return undefined
    chain.push(certificate)
  }
  return chain
}

/** The DNS names and URIs of the subject alternative name extension. */
export function certificateNames({ subjectAltName }: X509Certificate): {
  dns: string[]
  uris: string[]
} {
  const names: { dns: string[]; uris: string[] } = { dns: [], uris: [] }
  // Node prints names with special characters as JSON strings, so that none can pose as two.
  for (const [entry] of (subjectAltName ?? '').matchAll(/(?:[^",]|"(?:[^"\\]|\\.)*")+/g)) {
    const [, kind, name = ''] = /^ ?(DNS|URI):(.*)$/s.exec(entry) ?? []
    const text = name.startsWith('"') ? String(JSON.parse(name)) : name
    if (kind === 'DNS') names.dns.push(text)
    if (kind === 'URI') names.uris.push(text)
  }
  return names
}

/**
 * The authority key identifiers of a chain in base64url, as DCQL names trusted authorities (OpenID4VP 1.0,
 * section 6.1.1.1). Proves nothing about the chain.
 */
export const authorityKeyIdentifiers = (x5c: readonly string[]): string[] =>
  (parseCertificateChain(x5c) ?? []).flatMap((certificate) => {
    const { authorityKeyIdentifier } = readCertificateExtensions(certificate) ?? {}
    return authorityKeyIdentifier ? [authorityKeyIdentifier.toString('base64url')] : []
  })

/** Base64url SHA-256 over the DER certificate: the `x509_hash` of OpenID4VP 1.0, section 5.9.3. */
export const certificateThumbprint = ({ raw }: X509Certificate): string =>
  createHash('sha256').update(raw).digest('base64url')

/** RFC 7515 4.1.6: one DER certificate in padded base64, not base64url, and nothing behind it. */
function parseCertificate(encoded: string): X509Certificate | undefined {
  const der = Buffer.from(encoded, 'base64')
  if (der.length > maxCertificateBytes || der.toString('base64') !== encoded) return undefined
  try {
    const certificate = new X509Certificate(der)
    return certificate.raw.equals(der) ? certificate : undefined
  } catch {
    return undefined
  }
}

const isEs256Key = ({ asymmetricKeyDetails }: KeyObject): boolean =>
  asymmetricKeyDetails?.namedCurve === 'prime256v1'

function checkLeaf(leaf: X509Certificate, acceptsKey: (key: KeyObject) => boolean) {
  const extensions = readCertificateExtensions(leaf)
  if (leaf.ca || !extensions || extensions.unknownCritical || !extensions.maySign)
    return refuse('x5c_not_allowed', 'The leaf certificate may not sign.')
  if (!acceptsKey(leaf.publicKey))
    return refuse(
      'x5c_key_unsupported',
      'The leaf certificate is for a key of an unsupported kind.',
    )
  return undefined
}

function checkLinks(chain: readonly X509Certificate[]) {
  for (const [index, authority] of chain.slice(1).entries()) {
    const subject = chain[index]
    if (!mayIssue(authority, index)) {
      return refuse('x5c_not_allowed', 'A certificate of the path may not issue certificates.')
    }
    if (!subject || !isIssuedBy(subject, authority)) {
      return refuse('x5c_untrusted', 'A certificate of the path was not issued by the next one.')
    }
  }
  return undefined
}

/** Whether it is an authority that may have so many other authorities below it (RFC 5280 6.1.4). */
function mayIssue(authority: X509Certificate, authoritiesBelow: number): boolean {
  const extensions = readCertificateExtensions(authority)
  return (
    // As OpenSSL sees it: by basicConstraints, and by keyUsage where there is one.
    authority.ca &&
    extensions !== undefined &&
    !extensions.unknownCritical &&
    authoritiesBelow <= (extensions.pathLength ?? maxCertificates)
  )
}

/** Node decodes a key when it is asked for, and throws when it cannot: a point off its curve, an unknown kind. */
function hasReadableKey(certificate: X509Certificate): boolean {
  try {
    return certificate.publicKey.type === 'public'
  } catch {
    return false
  }
}

/** Whatever its extensions say: OpenSSL finds no issuer in a certificate that may not issue. */
const isSelfSigned = (certificate: X509Certificate): boolean =>
  certificate.subject === certificate.issuer && certificate.verify(certificate.publicKey)

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  if (!certificate.checkIssued(issuer) || !isStrong(certificate, issuer)) return false
  try {
    return certificate.verify(issuer.publicKey)
  } catch {
    return false // a key of a kind that signs nothing
  }
}

/** S-08: RSA from 2048 bits on; and signatures over broken hashes prove nothing. */
function isStrong(certificate: X509Certificate, issuer: X509Certificate): boolean {
  const { modulusLength = 2048 } = issuer.publicKey.asymmetricKeyDetails ?? {}
  return (
    modulusLength >= 2048 && !/md[245]|sha-?1(?!\d)/i.test(certificate.signatureAlgorithm ?? '')
  )
}

const isValidAt = ({ validFromDate, validToDate }: X509Certificate, at: Date): boolean =>
  validFromDate <= at && at <= validToDate
