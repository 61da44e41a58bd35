import { type KeyObject, randomBytes } from 'node:crypto'
import { isIP } from 'node:net'
import 'reflect-metadata' // @peculiar/x509 throws without it, and it must come first
import * as x509 from '@peculiar/x509'

/** What a certificate says, and who signs it. */
export interface CertificateContent {
  readonly publicKey: KeyObject
  readonly subject: CertificateSubject
  readonly issuer: {
    readonly name: x509.Name
    readonly publicKey: KeyObject
    readonly privateKey: KeyObject
  }
  readonly notBefore: Date
  readonly notAfter: Date
  /** how many certificates may follow below; undefined: it signs none (a leaf) */
  readonly authorityDepth?: number | undefined
  readonly dns?: string | undefined
  readonly uri?: string | undefined
}

export interface CertificateSubject {
  readonly commonName: string
  readonly organisation?: string | undefined
  /** ISO 3166-1 alpha-2 */
  readonly country?: string | undefined
}

/** A signed certificate in PEM (RFC 5280 profile: v3, critical basicConstraints and keyUsage, key identifiers). */
export async function buildCertificate(content: CertificateContent): Promise<string> {
  const { issuer } = content
  const curve = curveOf(issuer.privateKey)
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: createSerialNumber(),
    subject: buildName(content.subject),
    issuer: issuer.name,
    notBefore: content.notBefore,
    notAfter: content.notAfter,
    publicKey: toCryptoKey(content.publicKey, 'verify'),
    signingKey: toCryptoKey(issuer.privateKey, 'sign'),
    signingAlgorithm: { name: 'ECDSA', hash: curve === 'P-384' ? 'SHA-384' : 'SHA-256' },
    extensions: await buildExtensions(content),
  })
  return `${certificate.toString('pem')}\n`
}

/** The subject of a certificate in PEM. */
export const readSubject = (pem: string): x509.Name => new x509.X509Certificate(pem).subjectName

/** A name from its parts, never from a text: commas and quotes in a part stay what they are. */
export const buildName = ({ commonName, organisation, country }: CertificateSubject): x509.Name =>
  new x509.Name([
    ...(country === undefined ? [] : [{ C: [{ printableString: country }] }]),
    ...(organisation === undefined ? [] : [{ O: [namePart(organisation)] }]),
    { CN: [namePart(commonName)] },
  ])

// A bare string would be read for quotes and escapes: `A, "B"` would become `B`.
// X.520 (RFC 5280 appendix A): a part holds at most 64 characters.
const namePart = (text: string) => ({ utf8String: Array.from(text).slice(0, 64).join('') })

async function buildExtensions(content: CertificateContent): Promise<x509.Extension[]> {
  const { authorityDepth, issuer } = content
  const isAuthority = authorityDepth !== undefined
  const { keyCertSign, cRLSign, digitalSignature } = x509.KeyUsageFlags
  const names = buildAlternativeNames(content)
  return [
    new x509.BasicConstraintsExtension(isAuthority, authorityDepth, true),
    new x509.KeyUsagesExtension(isAuthority ? keyCertSign | cRLSign : digitalSignature, true),
    await x509.SubjectKeyIdentifierExtension.create(toCryptoKey(content.publicKey, 'verify')),
    await x509.AuthorityKeyIdentifierExtension.create(toCryptoKey(issuer.publicKey, 'verify')),
    ...(names.length > 0 ? [new x509.SubjectAlternativeNameExtension(names)] : []),
  ]
}

const buildAlternativeNames = ({ dns, uri }: CertificateContent): x509.JsonGeneralNames => [
  ...(dns === undefined
    ? []
    : [{ type: isIP(dns) ? ('ip' as const) : ('dns' as const), value: dns }]),
  ...(uri === undefined ? [] : [{ type: 'url' as const, value: uri }]),
]

// RFC 5280 4.1.2.2: positive and at most 20 octets; 127 random bits cannot be foreseen.
function createSerialNumber(): string {
  const serial = randomBytes(16)
  serial.writeUInt8((serial.readUInt8(0) & 0x7f) | 0x40, 0)
  return serial.toString('hex')
}

const curves: Readonly<Record<string, string>> = { prime256v1: 'P-256', secp384r1: 'P-384' }

function curveOf(key: KeyObject): string {
  const curve = curves[key.asymmetricKeyDetails?.namedCurve ?? '']
  if (curve === undefined) throw new TypeError('Certificates are made for keys on P-256 or P-384')
  return curve
}

const toCryptoKey = (key: KeyObject, use: 'sign' | 'verify'): CryptoKey =>
  key.toCryptoKey({ name: 'ECDSA', namedCurve: curveOf(key) }, true, [use])
