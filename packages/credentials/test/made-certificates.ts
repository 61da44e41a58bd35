import { generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto'
import 'reflect-metadata' // @peculiar/x509 throws without it, and it must come first
import * as x509 from '@peculiar/x509'

export { x509 }

export interface MadeCertificate {
  readonly certificate: X509Certificate
  /** As in an `x5c` header. */
  readonly base64: string
  readonly name: string
  readonly keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject }
}

export interface CertificateRecipe {
  readonly name: string
  /** Absent: the certificate signs itself. */
  readonly issuer?: MadeCertificate
  readonly keys?: MadeCertificate['keys']
  readonly ca?: boolean
  readonly pathLength?: number
  /** Absent: what its kind needs. `none`: no such extension. */
  readonly keyUsage?: x509.KeyUsageFlags | 'none'
  readonly extensions?: readonly x509.Extension[]
  readonly names?: x509.JsonGeneralNames
  readonly notBefore?: Date
  readonly notAfter?: Date
  readonly signingAlgorithm?: { readonly name: string; readonly hash: string }
}

export const validFrom = new Date('2026-01-01T00:00:00Z')
export const validTo = new Date('2027-01-01T00:00:00Z')

export const aKeyPair = (namedCurve = 'P-256'): MadeCertificate['keys'] =>
  generateKeyPairSync('ec', { namedCurve })

/** A certificate as told, right in everything that is not told. */
export async function makeCertificate(recipe: CertificateRecipe): Promise<MadeCertificate> {
  const { name, issuer, keys = aKeyPair(), ca = false, signingAlgorithm = ecdsa } = recipe
  const { keyCertSign, digitalSignature } = x509.KeyUsageFlags
  const { keyUsage = ca ? keyCertSign : digitalSignature } = recipe
  const made = await x509.X509CertificateGenerator.create({
    serialNumber: '01',
    subject: `CN=${name}`,
    issuer: `CN=${issuer?.name ?? name}`,
    notBefore: recipe.notBefore ?? validFrom,
    notAfter: recipe.notAfter ?? validTo,
    publicKey: toCryptoKey(keys.publicKey, 'verify'),
    signingKey: toCryptoKey((issuer?.keys ?? keys).privateKey, 'sign'),
    signingAlgorithm,
    extensions: [
      new x509.BasicConstraintsExtension(ca, recipe.pathLength, true),
      ...(keyUsage === 'none' ? [] : [new x509.KeyUsagesExtension(keyUsage, true)]),
      ...(recipe.names ? [new x509.SubjectAlternativeNameExtension(recipe.names)] : []),
      ...(recipe.extensions ?? []),
    ],
  })
  const certificate = new X509Certificate(Buffer.from(made.rawData))
  return { certificate, base64: certificate.raw.toString('base64'), name, keys }
}

const ecdsa = { name: 'ECDSA', hash: 'SHA-256' }

function toCryptoKey(key: KeyObject, use: 'sign' | 'verify') {
  const curve = key.asymmetricKeyDetails?.namedCurve
  const algorithm =
    curve === undefined
      ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
      : { name: 'ECDSA', namedCurve: curve === 'secp384r1' ? 'P-384' : 'P-256' }
  return key.toCryptoKey(algorithm, true, [use])
}
