import { Readable } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import { ImportFault } from '../findings/import-fault.ts'
import { readChunks } from '../text/byte-source.ts'
import { damaged, type ZipArchive, type ZipEntry } from './read-zip.ts'

/** How many bytes may still be unpacked, over all files of the archive. */
export interface InflateBudget {
  left: number
}

/** Text and tables shrink to a twentieth; deflate can do a thousandth, and only bombs come near. */
const greatestRatio = 250
const ratioCountsFrom = 1024 * 1024

/**
 * The bytes of one file as they are unpacked. What the archive says about sizes is not believed: the bytes are
 * counted as they come, and must match the size and checksum at the end.
 * @throws ImportFault
 */
export async function* inflateEntry(
  archive: ZipArchive,
  entry: ZipEntry,
  budget: InflateBudget,
): AsyncGenerator<Buffer> {
  const packed = findData(archive, entry)
  let size = 0
  let checksum = 0
  for await (const chunk of entry.isDeflated
    ? inflate(packed)
    : readChunks(packed, packed.length)) {
    size += chunk.length
    budget.left -= chunk.length
    checksum = crc32(chunk, checksum)
    const isBomb = size > ratioCountsFrom && size > greatestRatio * entry.compressedSize
    if (budget.left < 0 || isBomb) throw new ImportFault('IMPORT_ARCHIVE_UNSAFE')
    yield chunk
  }
  if (size !== entry.size || checksum !== entry.checksum) throw damaged()
}

function findData({ bytes, directoryStart }: ZipArchive, { offset, compressedSize }: ZipEntry) {
  if (offset + 30 > directoryStart || bytes.readUInt32LE(offset) !== 0x04034b50) throw damaged()
  const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28)
  if (start + compressedSize > directoryStart) throw damaged()
  return bytes.subarray(start, start + compressedSize)
}

async function* inflate(packed: Buffer): AsyncGenerator<Buffer> {
  const stream = Readable.from(readChunks(packed, packed.length)).pipe(createInflateRaw())
  try {
    yield* stream
  } catch {
    throw damaged()
  } finally {
    stream.destroy()
  }
}
