import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'
import { splitPem } from './pem.ts'

/** A public key as JWK; further members are ignored. */
export interface LeafPublicKey {
  readonly kty: string
  readonly crv: string
  readonly x: string
  readonly y: string
}

export interface LeafRequest {
  readonly publicKey: LeafPublicKey
  readonly commonName: string
  readonly organisation?: string | undefined
  /** ISO 3166-1 alpha-2 */
  readonly country?: string | undefined
  /** host name for subjectAltName, without port */
  readonly dns?: string | undefined
  /** URI for subjectAltName: the issuer identifier (standards V-18) */
  readonly uri?: string | undefined
  readonly notBefore: Date
  /** cut to the authority's own end */
  readonly notAfter: Date
}

/** Signs certificates for the keys of organisations and verifiers. */
export interface CertificateAuthority {
  /**
   * Base64 DER for the JOSE header `x5c`: the leaf, then the authorities above it, never the trust
   * anchor (HAIP; standards I-47).
   */
  issueLeaf(request: LeafRequest): Promise<string[]>
}

/** An authority from PEM: its certificate (with those above it, if any) and its private key. */
export function createAuthority(certificates: string, privateKeyPem: string): CertificateAuthority {
  const [issuer, ...above] = splitPem(certificates).map((pem) => new X509Certificate(pem))
  const privateKey = createPrivateKey(privateKeyPem)
  if (!issuer?.ca || !issuer.checkPrivateKey(privateKey))
    throw new TypeError('The issuing CA certificate and key do not belong together')
  const chain = [issuer, ...above].filter((certificate) => !isSelfSigned(certificate))
  return {
    issueLeaf: async (request) => [
      toBase64(await issueLeaf(issuer, privateKey, request)),
      ...chain.map(toBase64),
    ],
  }
}

async function issueLeaf(
  issuer: X509Certificate,
  privateKey: KeyObject,
  { publicKey, commonName, organisation, country, notAfter, ...request }: LeafRequest,
): Promise<X509Certificate> {
  // Loaded only by those who issue: a verifier never pays for it.
  const { buildCertificate, readSubject } = await import('./build-certificate.ts')
  const { kty, crv, x, y } = publicKey
  const pem = await buildCertificate({
    ...request,
    notAfter: new Date(Math.min(notAfter.getTime(), Date.parse(issuer.validTo))),
    subject: { commonName, organisation, country },
    publicKey: createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' }),
    issuer: { name: readSubject(issuer.toString()), publicKey: issuer.publicKey, privateKey },
  })
  return new X509Certificate(pem)
}

const isSelfSigned = (certificate: X509Certificate): boolean => certificate.checkIssued(certificate)

const toBase64 = (certificate: X509Certificate): string => certificate.raw.toString('base64')
