import { constants, type KeyObject, verify, type X509Certificate } from 'node:crypto'

export const dsig = 'http://www.w3.org/2000/09/xmldsig#'
const more = 'http://www.w3.org/2001/04/xmldsig-more#'

export const enveloped = `${dsig}enveloped-signature`
export const exclusiveC14n = 'http://www.w3.org/2001/10/xml-exc-c14n#'
export const inclusiveC14n = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'
export const ecdsaSha256 = `${more}ecdsa-sha256`
export const sha256 = 'http://www.w3.org/2001/04/xmlenc#sha256'

/** RFC 9231. */
const digests = new Map([
  [`${dsig}sha1`, 'sha1'],
  [sha256, 'sha256'],
  [`${more}sha384`, 'sha384'],
  ['http://www.w3.org/2001/04/xmlenc#sha512', 'sha512'],
])

export const findDigest = (uri: string): string | undefined => digests.get(uri)

export interface SignatureMethod {
  readonly keyType: 'rsa' | 'ec'
  readonly hash: string
  readonly isPss?: true
}

const rsa = (hash: string): SignatureMethod => ({ keyType: 'rsa', hash })
const ecdsa = (hash: string): SignatureMethod => ({ keyType: 'ec', hash })

/** RFC 9231. No HMAC: whoever can check one can make one. */
const methods = new Map<string, SignatureMethod>([
  [`${dsig}rsa-sha1`, rsa('sha1')],
  [`${more}rsa-sha256`, rsa('sha256')],
  [`${more}rsa-sha384`, rsa('sha384')],
  [`${more}rsa-sha512`, rsa('sha512')],
  ['http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1', { ...rsa('sha256'), isPss: true }],
  [`${more}ecdsa-sha1`, ecdsa('sha1')],
  [ecdsaSha256, ecdsa('sha256')],
  [`${more}ecdsa-sha384`, ecdsa('sha384')],
  [`${more}ecdsa-sha512`, ecdsa('sha512')],
])

export const findSignatureMethod = (uri: string): SignatureMethod | undefined => methods.get(uri)

/** Checks a signature value with a certificate's key. A key of the wrong kind, or none at all, checks nothing. */
export function verifyValue(
  { keyType, hash, isPss }: SignatureMethod,
  certificate: X509Certificate,
  { signed, value }: { readonly signed: string; readonly value: Buffer },
): boolean {
  try {
    const key = certificate.publicKey
    const options = {
      key,
      // XML signatures hold r and s one behind the other (RFC 9231, 2.3.6), not as DER.
      ...(keyType === 'ec' && { dsaEncoding: 'ieee-p1363' as const }),
      ...(isPss && {
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
      }),
    }
    return key.asymmetricKeyType === keyType && verify(hash, Buffer.from(signed), options, value)
  } catch {
    return false // a certificate without a key, or a value that is none for its key
  }
}

/** SHA-1 can be forged, RSA below 2048 bits factored. */
export const isWeak = (method: SignatureMethod, digest: string, key: KeyObject): boolean =>
  method.hash === 'sha1' ||
  digest === 'sha1' ||
  (method.keyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) < 2048)
