import { isUtf8 } from 'node:buffer'
import { inflateSync } from 'node:zlib'
import { accept, type Result, refuse } from '../result.ts'
import { type BakedText, maxCredentialLength, readCredentialText } from './credential-text.ts'
import { buildChunk, type PngChunk, type PngRefusal, parsePng, pngSignature } from './png.ts'

/** Keywords of text chunks that hold a credential: of Open Badges 3.0, and of 2.0 with an assertion. */
const keywords = { '3.0': 'openbadgecredential', '2.0': 'openbadges' } as const
type Specification = keyof typeof keywords

export type BakedPngRefusal =
  | PngRefusal
  | 'credential_missing'
  | 'credential_unreadable'
  | 'credential_too_large'

/**
 * Bakes a credential into a PNG (Open Badges 3.0, 5.3.1): an uncompressed `iTXt` chunk right after the header. A
 * credential that was in it before is replaced, since there may be only one.
 */
export function bakePng(image: Uint8Array, credential: string): Result<Buffer, BakedPngRefusal> {
  const text = readCredentialText(credential)
  if (!text.ok) return text
  const chunks = parsePng(image)
  if (!chunks.ok) return chunks
  const [header, ...rest] = chunks.value.filter((chunk) => !isBaked(chunk))
  return accept(
    Buffer.concat([
      pngSignature,
      ...(header ? [header.bytes] : []),
      buildChunk('iTXt', buildText(text.value.text)),
      ...rest.map(({ bytes }) => bytes),
    ]),
  )
}

/** Reads the first credential of a PNG, of Open Badges 3.0 or 2.0, within limits (V-28). */
export function readBakedPng(
  image: Uint8Array,
): Result<BakedText & { readonly specification: Specification }, BakedPngRefusal> {
  const chunks = parsePng(image, isBaked)
  if (!chunks.ok) return chunks
  const chunk = chunks.value.at(-1)
  const specification = chunk && findSpecification(chunk)
  if (!chunk || !specification)
    return refuse('credential_missing', 'There is no credential in the image.')
  const inflated = readText(chunk.data.subarray(keywords[specification].length))
  if (!inflated.ok) return inflated
  const text = readCredentialText(inflated.value)
  return text.ok ? accept({ specification, ...text.value }) : text
}

const isBaked = (chunk: PngChunk): boolean => findSpecification(chunk) !== undefined

function findSpecification({ type, data }: PngChunk): Specification | undefined {
  if (type !== 'iTXt') return undefined
  // Keyword, zero: longer words that begin alike are others.
  return (['3.0', '2.0'] as const).find((specification) => {
    const keyword = Buffer.from(`${keywords[specification]}\0`, 'latin1')
    return keyword.equals(data.subarray(0, keyword.length))
  })
}

/** PNG 3, 11.3.3.4: keyword, compression flag and method, language, translated keyword, text. */
const buildText = (text: string): Buffer =>
  Buffer.concat([Buffer.from(`${keywords['3.0']}\0\0\0\0\0`, 'latin1'), Buffer.from(text)])

/** What follows the keyword. Compression is forbidden to those who bake, and no harm when bounded. */
function readText(rest: Buffer): Result<string, 'credential_unreadable' | 'credential_too_large'> {
  const [, isCompressed, method] = rest
  const language = rest.indexOf(0, 3)
  const translated = language < 0 ? -1 : rest.indexOf(0, language + 1)
  if (translated < 0 || (isCompressed !== 0 && isCompressed !== 1) || method !== 0)
    return refuse('credential_unreadable', 'The text chunk of the image is malformed.')
  const text = rest.subarray(translated + 1)
  const inflated = isCompressed === 0 ? accept(text) : inflate(text)
  if (!inflated.ok) return inflated
  // Characters of up to four bytes; beyond that it is too long in any case.
  if (inflated.value.length > maxCredentialLength * 4)
    return refuse('credential_too_large', 'The credential in the image is too large.')
  return isUtf8(inflated.value)
    ? accept(inflated.value.toString('utf8'))
    : refuse('credential_unreadable', 'The text in the image is not UTF-8.')
}

function inflate(
  compressed: Buffer,
): Result<Buffer, 'credential_unreadable' | 'credential_too_large'> {
  try {
    return accept(inflateSync(compressed, { maxOutputLength: maxCredentialLength * 4 }))
  } catch (error) {
    const isTooLarge =
      error instanceof RangeError ||
      // zlib's own errors carry a code, which the type Error does not know.
      (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    return isTooLarge
      ? refuse('credential_too_large', 'The credential in the image inflates beyond the limit.')
      : refuse('credential_unreadable', 'The text in the image is not ZLIB data.')
  }
}
