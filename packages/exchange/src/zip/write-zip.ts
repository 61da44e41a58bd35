import { crc32, deflateRawSync } from 'node:zlib'

/** A ZIP archive of a few small files (APPNOTE 6.3.10), the same bytes for the same files. */
export function writeZip(files: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [path, text] of Object.entries(files)) {
    const name = Buffer.from(path)
    const { head, packed } = packFile(text, name.length)
    parts.push(uint32(0x04034b50), head, name, packed)
    directory.push(uint32(0x02014b50), uint16(20), head, Buffer.alloc(10), uint32(offset), name)
    offset += 4 + head.length + name.length + packed.length
  }
  return Buffer.concat([...parts, ...directory, writeEnd(directory, offset)])
}

/** What the local header and the central directory both say of a file, and its bytes. */
function packFile(text: string, nameLength: number) {
  const bytes = Buffer.from(text)
  const packed = deflateRawSync(bytes)
  const figures = { checksum: crc32(bytes), packed: packed.length, size: bytes.length }
  return { head: writeCommon({ ...figures, name: nameLength }), packed }
}

/** 4.3.16. Each file has six pieces in the directory. */
function writeEnd(directory: readonly Buffer[], offset: number): Buffer {
  const size = directory.reduce((sum, { length }) => sum + length, 0)
  const count = uint16(directory.length / 6)
  const figures = [count, count, uint32(size), uint32(offset), uint16(0)]
  return Buffer.concat([uint32(0x06054b50), Buffer.alloc(4), ...figures])
}

interface FileFigures {
  readonly checksum: number
  readonly packed: number
  readonly size: number
  readonly name: number
}

/** 4.4: version 2.0, names in UTF-8, deflated, a fixed date. */
const writeCommon = ({ checksum, packed, size, name }: FileFigures) =>
  Buffer.concat([
    ...[20, 0x0800, 8, 0, 0x21].map(uint16),
    ...[checksum, packed, size].map(uint32),
    uint16(name),
    uint16(0),
  ])

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
