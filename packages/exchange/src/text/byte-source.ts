import { ImportFault } from '../findings/import-fault.ts'

/** Bytes of a file: at hand, or as they arrive. */
export type ByteSource = Uint8Array | AsyncIterable<Uint8Array> | Iterable<Uint8Array>

const chunkBytes = 65_536

/** The bytes in pieces of at most 64 KiB, and no more of them than allowed. */
export async function* readChunks(source: ByteSource, maxBytes: number): AsyncGenerator<Buffer> {
  let total = 0
  for await (const piece of source instanceof Uint8Array ? [source] : source) {
    total += piece.byteLength
    if (total > maxBytes) throw new ImportFault('IMPORT_TOO_LARGE')
    for (let at = 0; at < piece.byteLength; at += chunkBytes) {
      const length = Math.min(chunkBytes, piece.byteLength - at)
      yield Buffer.from(piece.buffer, piece.byteOffset + at, length)
    }
  }
}
