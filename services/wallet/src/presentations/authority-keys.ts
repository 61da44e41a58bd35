import { X509Certificate } from 'node:crypto'

// RFC 5280 4.2.1.1: id-ce-authorityKeyIdentifier, as it stands in DER.
const oid = Buffer.from([0x06, 0x03, 0x55, 0x1d, 0x23])

/** The authority key identifiers of a certificate chain, base64url: what DCQL's `aki` compares (OpenID4VP 6.1.1.1). */
export function listAuthorityKeys(x5c: readonly string[]): string[] {
  return x5c.flatMap((entry) => {
    try {
      const key = readAuthorityKey(new X509Certificate(Buffer.from(entry, 'base64')).raw)
      return key ? [key.toString('base64url')] : []
    } catch {
      return []
    }
  })
}

function readAuthorityKey(der: Buffer): Buffer | undefined {
  const at = der.indexOf(oid)
  if (at < 0) return undefined
  let rest = der.subarray(at + oid.length)
  // BOOLEAN critical, which is optional, then OCTET STRING { SEQUENCE { [0] keyIdentifier … } }.
  if (rest[0] === 0x01) rest = rest.subarray(3)
  const key = enter(enter(enter(rest, 0x04), 0x30), 0x80)
  return key && key.length > 0 ? key : undefined
}

/** The content of a DER element with this tag; lengths below 128, as here, take one byte. */
function enter(element: Buffer | undefined, tag: number): Buffer | undefined {
  const length = element?.[1]
  if (element?.[0] !== tag || length === undefined || length > 127) return undefined
  return element.subarray(2, 2 + length)
}
