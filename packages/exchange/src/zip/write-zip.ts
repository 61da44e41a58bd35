import { crc32, deflateRawSync } from 'node:zlib'

/** A ZIP archive of a few small files (APPNOTE 6.3.10), the same bytes for the same files. */
export function writeZip(files: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [path, text] of Object.entries(files)) {
    const name = Buffer.from(path)
    const bytes = Buffer.from(text)
    const packed = deflateRawSync(bytes)
    const common = writeCommon({
      checksum: crc32(bytes),
      packed: packed.length,
      size: bytes.length,
      name: name.length,
    })
    const local = Buffer.concat([signature(0x04034b50), common, name, packed])
    directory.push(
      Buffer.concat([
        signature(0x02014b50),
        uint16(20),
        common,
        Buffer.alloc(10),
        uint32(offset),
        name,
      ]),
    )
    parts.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  const count = uint16(directory.length)
  const end = [
    signature(0x06054b50),
    Buffer.alloc(4),
    count,
    count,
    uint32(central.length),
    uint32(offset),
    uint16(0),
  ]
  return Buffer.concat([...parts, central, ...end])
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

const signature = uint32
