import { isUtf8 } from 'node:buffer'

/** Encodes text or bytes as base64url without padding. */
export const encodeBase64url = (data: string | Uint8Array): string =>
  (typeof data === 'string'
    ? Buffer.from(data)
    : Buffer.from(data.buffer, data.byteOffset, data.length)
  ).toString('base64url')

/**
 * Decodes base64url, or answers undefined for padding, white space, foreign characters and
 * non-canonical trailing bits (F-16): two texts must never stand for the same bytes.
 */
export function decodeBase64url(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : undefined
}

/** The same for text, which must be UTF-8: bytes that are not would be replaced and so changed in silence. */
export function decodeBase64urlText(text: string): string | undefined {
  const bytes = decodeBase64url(text)
  return bytes && isUtf8(bytes) ? bytes.toString('utf8') : undefined
}
