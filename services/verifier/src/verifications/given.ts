/** What somebody handed in, before anybody knows what it is. */
export interface Given {
  readonly bytes: Uint8Array
  /** The same as text without white space around it; absent when it is not UTF-8. */
  readonly text?: string
}

/** A text, a JSON object, or the bytes of a file. */
export function toGiven(input: string | object | Uint8Array): Given {
  if (input instanceof Uint8Array) return { bytes: input, ...decode(input) }
  const text = typeof input === 'string' ? input.trim() : JSON.stringify(input)
  return { bytes: Buffer.from(text), text }
}

function decode(bytes: Uint8Array): { text: string } | undefined {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim() }
  } catch {
    return undefined
  }
}
