import { setImmediate } from 'node:timers/promises'
import { ImportFault } from '../findings/import-fault.ts'

/** Bytes of a file: at hand, or as they arrive. */
export type ByteSource = Uint8Array | AsyncIterable<Uint8Array> | Iterable<Uint8Array>

const chunkBytes = 32_768

/**
 * The bytes in pieces of at most 32 KiB, and no more of them than allowed. Between two pieces the process turns to its
 * other work: a file that is at hand whole would keep it for as long as there are rows.
 */
export async function* readChunks(source: ByteSource, maxBytes: number): AsyncGenerator<Buffer> {
  let total = 0
  for await (const piece of source instanceof Uint8Array ? [source] : source) {
    total += piece.byteLength
    if (total > maxBytes) throw new ImportFault('IMPORT_TOO_LARGE')
    for (let at = 0; at < piece.byteLength; at += chunkBytes) {
      const length = Math.min(chunkBytes, piece.byteLength - at)
      yield Buffer.from(piece.buffer, piece.byteOffset + at, length)
      await setImmediate()
    }
  }
}
