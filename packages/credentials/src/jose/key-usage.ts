import type { X509Certificate } from 'node:crypto'

// The extension's object identifier, 2.5.29.15, as DER.
const keyUsageOid = Buffer.from([0x06, 0x03, 0x55, 0x1d, 0x0f])
const criticalTrue = Buffer.from([0x01, 0x01, 0xff])

/**
 * The key usage bits of a certificate (RFC 5280 4.2.1.3), or undefined when it has no such extension.
 * Node.js exposes only the extended key usage, so the extension is read from the DER bytes.
 */
export function readKeyUsage({
  raw,
}: X509Certificate): { digitalSignature: boolean; keyCertSign: boolean } | undefined {
  const start = raw.indexOf(keyUsageOid)
  if (start < 0) return undefined
  let at = start + keyUsageOid.length
  if (raw.subarray(at, at + 3).equals(criticalTrue)) at += 3
  // OCTET STRING (04 len) holding BIT STRING (03 len unused bits…)
  if (raw[at] !== 0x04 || raw[at + 2] !== 0x03)
    return { digitalSignature: false, keyCertSign: false }
  const bits = raw[at + 5] ?? 0
  return { digitalSignature: (bits & 0x80) !== 0, keyCertSign: (bits & 0x04) !== 0 }
}
