import { crc32, deflateSync } from 'node:zlib'
import type { Bitmap } from './bitmap.ts'

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

export type Colour = readonly [red: number, green: number, blue: number]

/** Writes a bitmap as PNG (ISO/IEC 15948): one bit per dot, a palette of two colours. */
export function encodePng(bitmap: Bitmap, background: Colour, ink: Colour): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(bitmap.width, 0)
  header.writeUInt32BE(bitmap.height, 4)
  header[8] = 1 // bits per dot
  header[9] = 3 // colours by palette
  return Buffer.concat([
    signature,
    encodeChunk('IHDR', header),
    encodeChunk('PLTE', Uint8Array.of(...background, ...ink)),
    encodeChunk('IDAT', deflateSync(filterRows(bitmap))),
    encodeChunk('IEND', new Uint8Array(0)),
  ])
}

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
