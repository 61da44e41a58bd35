import type { Signer } from '@mikromerit/credentials'
import { SignedXml } from 'xml-crypto'
import { ecdsaSha256, enveloped, exclusiveC14n, hashAlgorithm, sha256 } from './algorithms.ts'

/**
 * Signs a document of ours as a whole: enveloped, exclusive canonicalisation, ECDSA with SHA-256, the signer's
 * certificates in KeyInfo (XML Signature 1.1).
 */
export function signDocument(xml: string, signer: Signer): Promise<string> {
  const signing = new SignedXml({
    privateKey: 'held by the signer',
    signatureAlgorithm: ecdsaSha256,
    canonicalizationAlgorithm: exclusiveC14n,
    getKeyInfoContent: () => keyInfo(signer),
  })
  signing.SignatureAlgorithms = { [ecdsaSha256]: signatureAlgorithm(signer) }
  signing.HashAlgorithms = { [sha256]: hashAlgorithm(sha256, 'sha256') }
  signing.addReference({
    xpath: '/*',
    transforms: [enveloped, exclusiveC14n],
    digestAlgorithm: sha256,
    isEmptyUri: true,
  })
  return new Promise((resolve, reject) => {
    signing.computeSignature(xml, { prefix: 'ds' }, (error) => {
      if (error) reject(error)
      else resolve(signing.getSignedXml())
    })
  })
}

const keyInfo = ({ x5c = [] }: Signer): string | null =>
  x5c.length === 0
    ? null
    : `<ds:X509Data>${x5c
        .map((certificate) => `<ds:X509Certificate>${certificate}</ds:X509Certificate>`)
        .join('')}</ds:X509Data>`

/** The library hands over what is to be signed; the signer may answer later. */
const signatureAlgorithm = (signer: Signer) =>
  class {
    getAlgorithmName = () => ecdsaSha256
    verifySignature = () => false
    getSignature(
      signedInfo: unknown,
      _key: unknown,
      callback?: (error: Error | null, value?: string) => void,
    ): string {
      if (typeof signedInfo !== 'string' || !callback)
        throw new TypeError('A signer that may answer later needs a callback.')
      Promise.resolve(signer.sign(signedInfo)).then(
        (value) => callback(null, value.toString('base64')),
        (error: unknown) => callback(error instanceof Error ? error : new Error('signing failed')),
      )
      return ''
    }
  }
