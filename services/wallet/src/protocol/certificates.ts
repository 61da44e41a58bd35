import { X509Certificate } from 'node:crypto'

/** One entry of an `x5c` header: base64 DER. Throws on anything else. */
export const decodeCertificate = (entry: string): X509Certificate =>
  new X509Certificate(Buffer.from(entry, 'base64'))
