import { ImportFault } from '../findings/import-fault.ts'

/** One file in an archive, as the central directory tells it. */
export interface ZipEntry {
  readonly name: string
  readonly isDeflated: boolean
  readonly checksum: number
  readonly compressedSize: number
  readonly size: number
  /** Where its local header begins. */
  readonly offset: number
}

export interface ZipArchive {
  readonly bytes: Buffer
  readonly entries: ReadonlyMap<string, ZipEntry>
  /** Where the central directory begins: no file reaches beyond. */
  readonly directoryStart: number
}

const endSize = 22
const headerSize = 46
const unknown32 = 0xffffffff

/**
 * The central directory of a ZIP archive (APPNOTE 6.3.10). Refuses what makes an archive ambiguous: names that
 * occur twice, encryption, methods other than stored and deflated, files outside the archive.
 * @throws ImportFault
 */
export function openZip(archive: Uint8Array, maxEntries: number): ZipArchive {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength)
  const end = findEnd(bytes)
  const count = bytes.readUInt16LE(end + 10)
  const directoryStart = bytes.readUInt32LE(end + 16)
  if (count > maxEntries) throw new ImportFault('IMPORT_ARCHIVE_UNSAFE')
  const entries = new Map<string, ZipEntry>()
  let at = directoryStart
  for (let index = 0; index < count; index++) {
    if (at + headerSize > end || bytes.readUInt32LE(at) !== 0x02014b50) throw damaged()
    const { entry, next } = readEntry(bytes, at)
    if (next > end || entry.offset >= directoryStart) throw damaged()
    if (entries.has(entry.name)) throw new ImportFault('IMPORT_ARCHIVE_UNSAFE')
    entries.set(entry.name, entry)
    at = next
  }
  return { bytes, entries, directoryStart }
}

export const damaged = () => new ImportFault('IMPORT_FORMAT')

/** 4.3.16: the end record stands last, but for a comment that reaches exactly to the end. */
function findEnd(bytes: Buffer): number {
  for (let at = bytes.length - endSize; at >= Math.max(0, bytes.length - endSize - 0xffff); at--) {
    if (
      bytes.readUInt32LE(at) === 0x06054b50 &&
      at + endSize + bytes.readUInt16LE(at + 20) === bytes.length
    )
      return at
  }
  throw damaged()
}

function readEntry(bytes: Buffer, at: number): { entry: ZipEntry; next: number } {
  const flags = bytes.readUInt16LE(at + 8)
  const method = bytes.readUInt16LE(at + 10)
  const nameEnd = at + headerSize + bytes.readUInt16LE(at + 28)
  const extraEnd = nameEnd + bytes.readUInt16LE(at + 30)
  const next = extraEnd + bytes.readUInt16LE(at + 32)
  if (next > bytes.length) throw damaged()
  if ((flags & 1) !== 0) throw new ImportFault('IMPORT_ENCRYPTED')
  if (method !== 0 && method !== 8) throw new ImportFault('IMPORT_ARCHIVE_UNSAFE')
  const sizes = readSizes(bytes, at, bytes.subarray(nameEnd, extraEnd))
  const entry = {
    name: bytes.toString('utf8', at + headerSize, nameEnd),
    isDeflated: method === 8,
    checksum: bytes.readUInt32LE(at + 16),
    ...sizes,
  }
  return { entry, next }
}

/** 4.5.3: sizes that do not fit stand in the ZIP64 extra field, in this order, those that are needed. */
function readSizes(bytes: Buffer, at: number, extra: Buffer) {
  const wide = findExtra(extra, 0x0001)
  let taken = 0
  const read = (offset: number): number => {
    const value = bytes.readUInt32LE(at + offset)
    if (value !== unknown32) return value
    if (!wide || taken + 8 > wide.length) throw damaged()
    const large = wide.readBigUInt64LE(taken)
    taken += 8
    if (large > BigInt(bytes.length) * 2000n) throw new ImportFault('IMPORT_ARCHIVE_UNSAFE')
    return Number(large)
  }
  return { size: read(24), compressedSize: read(20), offset: read(42) }
}

function findExtra(extra: Buffer, wanted: number): Buffer | undefined {
  for (let at = 0; at + 4 <= extra.length; ) {
    const length = extra.readUInt16LE(at + 2)
    if (extra.readUInt16LE(at) === wanted) return extra.subarray(at + 4, at + 4 + length)
    at += 4 + length
  }
  return undefined
}
