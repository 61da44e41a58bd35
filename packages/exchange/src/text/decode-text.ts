import { isAscii } from 'node:buffer'
import { ImportFault } from '../findings/import-fault.ts'
import { type ByteSource, readChunks } from './byte-source.ts'

/** How far behind the first byte beyond ASCII the choice between UTF-8 and Windows-1252 looks. */
const windowBytes = 16_384

/** Bytes that Windows-1252 gives no meaning (WHATWG maps them to control characters). */
const meaninglessIn1252 = /[\u0081\u008d\u008f\u0090\u009d]/

/**
 * Text from bytes, in constant memory: UTF-16 and UTF-8 by their byte order marks, else UTF-8 when it is valid,
 * else Windows-1252, which holds Latin-1. The choice falls at the first byte beyond ASCII, and is kept.
 */
export async function* decodeText(source: ByteSource, maxBytes: number): AsyncGenerator<string> {
  const decode = createDecoding()
  for await (const chunk of readChunks(source, maxBytes)) {
    const text = decode(chunk)
    if (text !== '') yield text
  }
  const rest = decode()
  if (rest !== '') yield rest
}

/** The text of bytes at hand. @throws ImportFault when they are in none of the encodings. */
export function decodeWhole(bytes: Uint8Array): string {
  const decode = createDecoding()
  return decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)) + decode()
}

function createDecoding(): (chunk?: Buffer) => string {
  let decoder: TextDecoder | undefined
  let held: Buffer = Buffer.alloc(0)
  let isStart = true
  let line = 1

  const advance = (text: string): string => {
    const nul = text.indexOf('\0')
    const meaningless = decoder?.encoding === 'windows-1252' ? text.search(meaninglessIn1252) : -1
    const fault = nul < 0 ? meaningless : nul
    if (fault >= 0)
      throw new ImportFault('IMPORT_ENCODING', { line: line + countLines(text.slice(0, fault)) })
    line += countLines(text)
    return text
  }

  /** Without a decoder everything so far was ASCII, which reads the same in every encoding left. */
  const takeAscii = (isEnd: boolean): string => {
    const beyond = findBeyondAscii(held)
    const ascii = held.subarray(0, beyond < 0 ? held.length : beyond)
    held = held.subarray(ascii.length)
    if (held.length >= windowBytes || (isEnd && held.length > 0)) decoder = chooseByContent(held)
    return ascii.toString('latin1')
  }

  return (chunk) => {
    held = chunk ? Buffer.concat([held, chunk]) : held
    const isEnd = chunk === undefined
    if (isStart) {
      if (held.length < 3 && !isEnd) return ''
      isStart = false
      decoder = chooseByMark(held)
    }
    const ascii = decoder ? '' : advance(takeAscii(isEnd))
    if (!decoder) return ascii
    const beyond = held
    held = Buffer.alloc(0)
    return ascii + advance(decodeStrictly(decoder, beyond, { isEnd, line }))
  }
}

/** The check of the whole is a hundred times faster than looking at each byte. */
function findBeyondAscii(bytes: Buffer): number {
  if (isAscii(bytes)) return -1
  let at = 0
  while ((bytes[at] ?? 0xff) <= 0x7f) at++
  return at
}

/** Unicode 16, section 23.8. `TextDecoder` leaves the mark out of the text. */
function chooseByMark(head: Buffer): TextDecoder | undefined {
  const [first, second, third] = head
  if (first === 0xef && second === 0xbb && third === 0xbf) return strictDecoder('utf-8')
  if (first === 0xff && second === 0xfe) return strictDecoder('utf-16le')
  if (first === 0xfe && second === 0xff) return strictDecoder('utf-16be')
  return undefined
}

function chooseByContent(bytes: Buffer): TextDecoder {
  try {
    // A character cut off at the end is not held against UTF-8.
    strictDecoder('utf-8').decode(bytes.subarray(0, windowBytes), { stream: true })
    return strictDecoder('utf-8')
  } catch {
    return strictDecoder('windows-1252')
  }
}

const strictDecoder = (encoding: string) => new TextDecoder(encoding, { fatal: true })

function decodeStrictly(
  decoder: TextDecoder,
  bytes: Buffer,
  { isEnd, line }: { isEnd: boolean; line: number },
): string {
  try {
    return decoder.decode(bytes, { stream: !isEnd })
  } catch {
    const readable = new TextDecoder(decoder.encoding).decode(bytes).split('\ufffd', 1)[0] ?? ''
    throw new ImportFault('IMPORT_ENCODING', { line: line + countLines(readable) })
  }
}

function countLines(text: string): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++
  return lines
}
