/** The answer is longer than its use allows. */
export class TooLargeError extends Error {
  override readonly name = 'TooLargeError'
}

/** All bytes of a stream; throws TooLargeError as soon as there are more than `maxBytes`. */
export async function readBytes(
  stream: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of stream) {
    length += chunk.length
    if (length > maxBytes) throw new TooLargeError()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, length)
}
