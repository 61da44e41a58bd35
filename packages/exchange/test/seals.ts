import { generateKeyPairSync, type KeyObject, sign, X509Certificate } from 'node:crypto'
import 'reflect-metadata' // @peculiar/x509 throws without it, and it must come first
import * as x509 from '@peculiar/x509'
import { SignedXml } from 'xml-crypto'

/** A key with its certificate. */
export interface Seal {
  readonly name: string
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
  readonly certificate: X509Certificate
}

export const validFrom = new Date('2026-01-01T00:00:00Z')
export const validTo = new Date('2027-01-01T00:00:00Z')
export const duringValidity = new Date('2026-06-20T12:00:00Z')

interface SealRecipe {
  readonly name: string
  readonly keys?: { readonly publicKey: KeyObject; readonly privateKey: KeyObject }
  /** Absent: the certificate signs itself. */
  readonly issuer?: Seal
  readonly isAuthority?: boolean
}

export const ecKeys = (namedCurve = 'P-256') => generateKeyPairSync('ec', { namedCurve })
export const rsaKeys = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength })

export async function makeSeal(recipe: SealRecipe): Promise<Seal> {
  const { name, keys = ecKeys(), issuer, isAuthority = false } = recipe
  const { keyCertSign, digitalSignature } = x509.KeyUsageFlags
  const signingKey = (issuer ?? keys).privateKey
  const made = await x509.X509CertificateGenerator.create({
    serialNumber: '01',
    subject: `CN=${name}`,
    issuer: `CN=${issuer?.name ?? name}`,
    notBefore: validFrom,
    notAfter: validTo,
    publicKey: toCryptoKey(keys.publicKey, 'verify'),
    signingKey: toCryptoKey(signingKey, 'sign'),
    signingAlgorithm: { name: algorithmOf(signingKey).name, hash: 'SHA-256' },
    extensions: [
      new x509.BasicConstraintsExtension(isAuthority, undefined, true),
      new x509.KeyUsagesExtension(isAuthority ? keyCertSign : digitalSignature, true),
    ],
  })
  return { name, ...keys, certificate: new X509Certificate(Buffer.from(made.rawData)) }
}

const algorithmOf = ({ asymmetricKeyDetails }: KeyObject) => {
  const curve = asymmetricKeyDetails?.namedCurve
  return curve === undefined
    ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
    : { name: 'ECDSA', namedCurve: curve === 'secp384r1' ? 'P-384' : 'P-256' }
}

const toCryptoKey = (key: KeyObject, use: 'sign' | 'verify') =>
  key.toCryptoKey(algorithmOf(key), true, [use])

const dsig = 'http://www.w3.org/2000/09/xmldsig#'
const more = 'http://www.w3.org/2001/04/xmldsig-more#'
export const enveloped = `${dsig}enveloped-signature`
export const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
export const inclusive = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'

export interface ForeignSignature {
  readonly seal: Seal
  readonly certificates?: readonly X509Certificate[]
  readonly method?: string
  readonly digest?: string
  readonly canonicalisation?: string
  readonly transforms?: readonly string[]
  /** What is signed; absent: the document as a whole. */
  readonly reference?: string
}

/** Signs as other systems do, with the library's own algorithms where it has them. */
export function signAsOthers(xml: string, signature: ForeignSignature): string {
  const { seal, certificates = [seal.certificate], reference } = signature
  const { canonicalisation = exclusive, method = `${more}rsa-sha256` } = signature
  const signing = new SignedXml({
    privateKey: seal.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    signatureAlgorithm: method,
    canonicalizationAlgorithm: canonicalisation,
    getKeyInfoContent: () => keyInfo(certificates),
  })
  signing.SignatureAlgorithms = { ...signing.SignatureAlgorithms, ...ecdsa(seal) }
  signing.addReference({
    xpath: reference ?? '/*',
    transforms: [...(signature.transforms ?? [enveloped, canonicalisation])],
    digestAlgorithm: signature.digest ?? 'http://www.w3.org/2001/04/xmlenc#sha256',
    ...(reference === undefined && { isEmptyUri: true }),
  })
  signing.computeSignature(xml)
  return signing.getSignedXml()
}

const keyInfo = (certificates: readonly X509Certificate[]) =>
  certificates.length === 0
    ? null
    : `<X509Data>${certificates.map(({ raw }) => `<X509Certificate>\n${raw.toString('base64')}\n</X509Certificate>`).join('')}</X509Data>`

const ecdsa = ({ privateKey }: Seal) =>
  Object.fromEntries(
    ['sha1', 'sha256', 'sha384', 'sha512'].map((hash) => {
      const uri = `${more}ecdsa-${hash}`
      return [
        uri,
        class {
          getAlgorithmName = () => uri
          verifySignature = () => false
          getSignature = (signedInfo: unknown) =>
            sign(hash, Buffer.from(String(signedInfo)), {
              key: privateKey,
              dsaEncoding: 'ieee-p1363',
            }).toString('base64')
        },
      ]
    }),
  )
