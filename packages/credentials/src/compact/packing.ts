import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { decodeBase64url, encodeBase64url } from '../jose/base64url.ts'
import { accept, type Result, refuse } from '../result.ts'
import { decodeBase45, encodeBase45 } from './base45.ts'

/** What a compact credential begins with: the version is part of it. */
export const compactPrefix = 'MM1:'

/** A QR code of version 25 and error level M holds this many characters in alphanumeric mode (ISO/IEC 18004). */
export const maxPrintedCharacters = 1_451

/** What the largest of all QR codes holds: more was never scanned. */
const maxCharacters = 4_296
/** Far more than fits after packing: only a bomb unpacks to it. */
const maxUnpacked = 16_384
/** An ES256 signature (RFC 7518 3.4). */
const signatureBytes = 64
const lineFeed = 0x0a

export type PackingRefusal =
  | 'compact_prefix'
  | 'compact_too_large'
  | 'compact_base45'
  | 'compact_deflate'
  | 'compact_frame'

export const isCompactCredential = (text: string): boolean => text.startsWith(compactPrefix)

/**
 * Packs a compact JWS for paper: the header, a line feed, the payload and the signature as bytes, since text in base64url
 * does not compress; deflated (RFC 1951) and in Base45 (RFC 9285). docs/reference/compact-credential.md
 * @throws TypeError when it is no compact JWS with an ES256 signature.
 */
export function packJws(token: string): string {
  const [header, payload, signature] = token.split('.').map((part) => decodeBase64url(part))
  if (!header || !payload || signature?.length !== signatureBytes || header.includes(lineFeed))
    throw new TypeError('Only a compact JWS with an ES256 signature can be packed.')
  const frame = Buffer.concat([header, Buffer.of(lineFeed), payload, signature])
  return compactPrefix + encodeBase45(deflateRawSync(frame, { level: 9 }))
}

/** The compact JWS in a packed text, within bounds; nothing in it is true before its signature was verified. */
export function unpackJws(text: string): Result<string, PackingRefusal> {
  if (!isCompactCredential(text))
    return refuse('compact_prefix', 'A compact credential begins with MM1:.')
  if (text.length > maxCharacters)
    return refuse('compact_too_large', 'It is longer than a QR code can be.')
  const packed = decodeBase45(text.slice(compactPrefix.length))
  if (!packed) return refuse('compact_base45', 'The characters after MM1: are not Base45.')
  const frame = inflate(packed)
  if (!frame) return refuse('compact_deflate', 'It does not unpack, or to more than is allowed.')
  const end = frame.indexOf(lineFeed)
  if (end < 1 || frame.length < end + 1 + signatureBytes)
    return refuse('compact_frame', 'It does not hold a header, a payload and a signature.')
  const parts = [
    frame.subarray(0, end),
    frame.subarray(end + 1, -signatureBytes),
    frame.subarray(-signatureBytes),
  ]
  return accept(parts.map((part) => encodeBase64url(part)).join('.'))
}

function inflate(bytes: Buffer): Buffer | undefined {
  try {
    return inflateRawSync(bytes, { maxOutputLength: maxUnpacked })
  } catch {
    return undefined
  }
}
