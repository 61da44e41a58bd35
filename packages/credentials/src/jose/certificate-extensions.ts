import type { X509Certificate } from 'node:crypto'

/** What the extensions of a certificate permit (RFC 5280 section 4.2), as far as a path check needs it. */
export interface CertificateExtensions {
  /** digitalSignature is among the uses of its key, or none is named. */
  readonly maySign: boolean
  /** How many further authorities may stand below this one. */
  readonly pathLength?: number
  /** Which key of the authority above signed it (RFC 5280 4.2.1.1). */
  readonly authorityKeyIdentifier?: Buffer
  /** A critical extension that is not understood here: the certificate must not be used (RFC 5280 4.2). */
  readonly unknownCritical: boolean
}

interface Element {
  readonly tag: number
  readonly content: Buffer
}

const tags = {
  boolean: 0x01,
  integer: 0x02,
  objectIdentifier: 0x06,
  keyIdentifier: 0x80,
  extensions: 0xa3,
} as const

// Object identifiers below 2.5.29, as DER content in hexadecimal.
const keyUsageOid = '551d0f'
const basicConstraintsOid = '551d13'
const authorityKeyIdentifierOid = '551d23'
// Understood beside those two: names, extended key usage and policies restrict nothing that is asked here,
// the key identifiers are compared by OpenSSL.
const understood = new Set([
  keyUsageOid,
  basicConstraintsOid,
  authorityKeyIdentifierOid,
  '551d0e', // subject key identifier
  '551d11', // subject alternative name
  '551d20', // certificate policies
  '551d25', // extended key usage
])

/**
 * Reads the extensions from the DER bytes, which Node.js does not expose: undefined when an extension
 * occurs twice or the bytes are malformed.
 */
export function readCertificateExtensions({
  raw,
}: X509Certificate): CertificateExtensions | undefined {
  try {
    const found = new Map<string, Buffer>()
    let unknownCritical = false
    for (const { content } of listExtensions(raw)) {
      const [oid, ...rest] = readElements(content)
      const value = rest.at(-1)
      if (oid?.tag !== tags.objectIdentifier || !value) return undefined
      const name = oid.content.toString('hex')
      if (found.has(name)) return undefined
      found.set(name, value.content)
      const isCritical = rest.length > 1 && rest[0]?.tag === tags.boolean
      unknownCritical ||= isCritical && !understood.has(name)
    }
    return {
      maySign: readMaySign(found.get(keyUsageOid)),
      ...readPathLength(found.get(basicConstraintsOid)),
      ...readAuthorityKeyIdentifier(found.get(authorityKeyIdentifierOid)),
      unknownCritical,
    }
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** Certificate → TBSCertificate → [3] → the sequence of extensions; none in an older certificate. */
function listExtensions(der: Buffer): Element[] {
  const [certificate] = readElements(der)
  const [body] = readElements(certificate?.content)
  const wrapper = readElements(body?.content).find(({ tag }) => tag === tags.extensions)
  const [sequence] = readElements(wrapper?.content)
  return readElements(sequence?.content)
}

function readMaySign(keyUsage: Buffer | undefined): boolean {
  if (!keyUsage) return true
  const [bitString] = readElements(keyUsage)
  // The first byte counts unused bits; digitalSignature is the first bit after it.
  return ((bitString?.content[1] ?? 0) & 0x80) !== 0
}

function readPathLength(value: Buffer | undefined) {
  const [constraints] = readElements(value)
  const length = readElements(constraints?.content).find(({ tag }) => tag === tags.integer)
  if (!length) return {}
  if (length.content.length !== 1) throw new RangeError('No certificate path is that long.')
  return { pathLength: length.content.readUInt8() }
}

function readAuthorityKeyIdentifier(value: Buffer | undefined) {
  const [sequence] = readElements(value)
  const identifier = readElements(sequence?.content).find(({ tag }) => tag === tags.keyIdentifier)
  return identifier ? { authorityKeyIdentifier: identifier.content } : {}
}

/** The elements that follow one another in these bytes. @throws RangeError when they do not fit. */
function readElements(bytes: Buffer = Buffer.alloc(0)): Element[] {
  const elements: Element[] = []
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes.readUInt8(at)
    const first = bytes.readUInt8(at + 1)
    const lengthBytes = first < 0x80 ? 0 : first & 0x7f
    if (lengthBytes > 3) throw new RangeError('A certificate holds nothing of that length.')
    const length = lengthBytes === 0 ? first : bytes.readUIntBE(at + 2, lengthBytes)
    const start = at + 2 + lengthBytes
    if (start + length > bytes.length) throw new RangeError('An element ends beyond its parent.')
    elements.push({ tag, content: bytes.subarray(start, start + length) })
    at = start + length
  }
  return elements
}
