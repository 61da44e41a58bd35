import { X509Certificate } from 'node:crypto'

/** One entry of an `x5c` header: base64 DER. Throws on anything else. */
export const decodeCertificate = (entry: string): X509Certificate =>
  new X509Certificate(Buffer.from(entry, 'base64'))

/**
 * A chain without the root it ends in, when that is an anchor of ours. Only HAIP forbids to send the
 * root along; elsewhere it adds nothing and proves nothing, and is passed over.
 */
export function withoutAnchor(
  x5c: readonly string[],
  anchors: readonly X509Certificate[],
): readonly string[] {
  const last = x5c.length > 1 ? x5c.at(-1) : undefined
  return anchors.some(({ raw }) => raw.toString('base64') === last) ? x5c.slice(0, -1) : x5c
}
