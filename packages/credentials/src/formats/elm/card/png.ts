import { constants, crc32, deflateRawSync } from 'node:zlib'
import type { Bitmap } from './bitmap.ts'

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

export type Colour = readonly [red: number, green: number, blue: number]

/** Some rows of a picture, compressed: written once, they can be part of many pictures. */
export interface Band {
  readonly height: number
  /** Deflate blocks (RFC 1951) that refer to nothing before them, and end at a byte. */
  readonly blocks: Buffer
  readonly checksum: Checksum
}

/** Adler-32 of some bytes (RFC 1950 8.2), and how many they are. */
interface Checksum {
  readonly low: number
  readonly high: number
  readonly length: number
}

/** Compresses a bitmap as a band of a higher picture. */
export function encodeBand(bitmap: Bitmap): Band {
  const rows = filterRows(bitmap)
  const blocks = deflateRawSync(rows, {
    finishFlush: constants.Z_FULL_FLUSH,
    // Small pictures need no large tables, and those cost more than the compression itself.
    windowBits: 12,
    memLevel: 4,
  })
  return { height: bitmap.height, blocks, checksum: sumBytes(rows) }
}

/** Writes bands below each other as PNG (ISO/IEC 15948): one bit per dot, a palette of two colours. */
export function encodePng(
  width: number,
  bands: readonly Band[],
  [background, ink]: readonly [background: Colour, ink: Colour],
): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(
    bands.reduce((sum, { height }) => sum + height, 0),
    4,
  )
  header[8] = 1 // bits per dot
  header[9] = 3 // colours by palette
  return Buffer.concat([
    signature,
    encodeChunk('IHDR', header),
    encodeChunk('PLTE', Uint8Array.of(...background, ...ink)),
    encodeChunk('IDAT', joinBands(bands)),
    encodeChunk('IEND', new Uint8Array(0)),
  ])
}

/** A zlib stream (RFC 1950) of the bands: its head, their blocks, an empty last block, the checksum of all. */
function joinBands(bands: readonly Band[]): Buffer {
  const { low, high } = bands
    .map(({ checksum }) => checksum)
    .reduce(appendChecksum, { low: 1, high: 0, length: 0 })
  const checksum = Buffer.alloc(4)
  checksum.writeUInt16BE(high, 0)
  checksum.writeUInt16BE(low, 2)
  return Buffer.concat([
    Uint8Array.of(0x78, 0x9c),
    ...bands.map(({ blocks }) => blocks),
    Uint8Array.of(0x03, 0x00),
    checksum,
  ])
}

const modulus = 65_521

function sumBytes(bytes: Uint8Array): Checksum {
  let low = 1
  let high = 0
  for (const byte of bytes) {
    low = (low + byte) % modulus
    high = (high + low) % modulus
  }
  return { low, high, length: bytes.length }
}

/** The checksum of two parts behind each other: the second one's began with 1 where the first one's had come. */
const appendChecksum = (first: Checksum, second: Checksum): Checksum => ({
  low: (first.low + second.low + modulus - 1) % modulus,
  high:
    (first.high + second.high + (second.length % modulus) * (first.low + modulus - 1)) % modulus,
  length: first.length + second.length,
})

/** Each row begins with the number of its filter: 0, none. */
function filterRows({ height, bytesPerRow, bytes }: Bitmap): Uint8Array {
  const rows = new Uint8Array((bytesPerRow + 1) * height)
  for (let y = 0; y < height; y++) {
    const row = bytes.subarray(y * bytesPerRow, (y + 1) * bytesPerRow)
    rows.set(row, y * (bytesPerRow + 1) + 1)
  }
  return rows
}

function encodeChunk(type: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const chunk = Buffer.alloc(body.length + 8)
  chunk.writeUInt32BE(content.length, 0)
  chunk.set(body, 4)
  chunk.writeUInt32BE(crc32(body), body.length + 4)
  return chunk
}
