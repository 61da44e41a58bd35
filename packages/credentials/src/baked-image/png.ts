import { crc32, deflateSync } from 'node:zlib'
import { accept, type Result, refuse } from '../result.ts'

export const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

export interface PngChunk {
  readonly type: string
  readonly data: Buffer
  /** The whole of it, with length and checksum, as it stands in the file. */
  readonly bytes: Buffer
}

export type PngRefusal = 'image_too_large' | 'png_malformed' | 'png_too_many_chunks'

/** Greatest size of an image and number of its chunks (V-28). */
export const maxImageBytes = 4 * 1024 * 1024
const maxChunks = 4096

export const isPng = (bytes: Uint8Array): boolean =>
  pngSignature.equals(bytes.subarray(0, pngSignature.length))

/**
 * Takes a PNG apart (PNG 3, 5.2), each chunk with its checksum checked, up to IEND or to the first chunk that `isLast`
 * says is enough. What comes after it is not looked at.
 */
export function parsePng(
  image: Uint8Array,
  isLast: (chunk: PngChunk) => boolean = () => false,
): Result<readonly PngChunk[], PngRefusal> {
  if (image.length > maxImageBytes) return refuse('image_too_large', 'The image is too large.')
  if (!isPng(image)) return malformed('It lacks the signature.')
  const file = Buffer.from(image.buffer, image.byteOffset, image.length)
  const chunks: PngChunk[] = []
  for (let at = pngSignature.length; at < file.length; ) {
    const chunk = readChunk(file, at)
    if (!chunk) return malformed('A chunk is cut short or does not match its checksum.')
    if (chunks.length === 0 && (chunk.type !== 'IHDR' || chunk.data.length !== 13))
      return malformed('It does not begin with its header.')
    if (chunks.push(chunk) > maxChunks)
      return refuse('png_too_many_chunks', 'The PNG image has too many chunks.')
    if (chunk.type === 'IEND' || isLast(chunk)) return accept(chunks)
    at += chunk.bytes.length
  }
  return malformed('It has no end.')
}

function readChunk(file: Buffer, at: number): PngChunk | undefined {
  if (at + 12 > file.length) return undefined
  const length = file.readUInt32BE(at)
  const end = at + 12 + length
  if (end > file.length) return undefined
  const typed = file.subarray(at + 4, end - 4)
  const type = typed.toString('latin1', 0, 4)
  if (!/^[A-Za-z]{4}$/.test(type) || file.readUInt32BE(end - 4) !== crc32(typed)) return undefined
  return { type, data: typed.subarray(4), bytes: file.subarray(at, end) }
}

export function buildChunk(type: string, data: Uint8Array): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(typed))
  return Buffer.concat([length, typed, checksum])
}

/** Encodes pixels of 8-bit RGBA, row by row from the top. @throws RangeError when there are too few or too many. */
export function encodePng(width: number, height: number, rgba: Uint8Array): Buffer {
  const stride = width * 4
  if (rgba.length !== stride * height || width < 1 || height < 1)
    throw new RangeError('The pixels do not fill the image.')
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 6, 0, 0, 0], 8)
  // Filter 2 (Up): flat pictures become rows of zeros, which compress to nothing.
  const rows = Buffer.alloc((stride + 1) * height)
  for (let row = 0; row < height; row++) {
    const start = row * (stride + 1)
    rows[start] = 2
    for (let byte = 0; byte < stride; byte++) {
      const above = row === 0 ? 0 : (rgba[(row - 1) * stride + byte] ?? 0)
      rows[start + 1 + byte] = ((rgba[row * stride + byte] ?? 0) - above) & 0xff
    }
  }
  return Buffer.concat([
    pngSignature,
    buildChunk('IHDR', header),
    buildChunk('IDAT', deflateSync(rows, { level: 9 })),
    buildChunk('IEND', Buffer.alloc(0)),
  ])
}

const malformed = (detail: string) =>
  refuse('png_malformed', `The PNG image is malformed. ${detail}`)
