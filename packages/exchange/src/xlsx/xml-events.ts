import { SaxesParser } from 'saxes'
import { ImportFault } from '../findings/import-fault.ts'

export type XmlEvent =
  | { readonly kind: 'open'; readonly name: string; readonly attributes: Attributes }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string }

/** By local name. */
export type Attributes = Readonly<Record<string, string>>

/** A cell of a spreadsheet holds 32,767 characters; nothing between two tags is ever longer by much. */
const longestRun = 200_000
const mostAttributes = 64
const greatestDepth = 32

/**
 * What an XML part of a workbook says, piece by piece as it is unpacked: a batch of events per piece. No document
 * type declaration, no endless text.
 * @throws ImportFault
 */
export async function* readEvents(chunks: AsyncIterable<Buffer>): AsyncGenerator<XmlEvent[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const parser = new SaxesParser({ position: false })
  const batch = collectEvents(parser)
  for await (const chunk of chunks)
    yield batch(() => parser.write(decoder.decode(chunk, { stream: true })), chunk.length)
  yield batch(() => parser.write(decoder.decode()).close(), 0)
}

type Parser = SaxesParser<{ position: false }>

function collectEvents(parser: Parser) {
  let events: XmlEvent[] = []
  let depth = 0
  parser.on('doctype', () => {
    throw new ImportFault('XML_DOCTYPE')
  })
  parser.on('opentag', ({ name, attributes }) => {
    const pairs = Object.entries(attributes)
    if (++depth > greatestDepth || pairs.length > mostAttributes)
      throw new ImportFault('XML_TOO_COMPLEX')
    const named = pairs.map(([key, value]) => [localName(key), value] as const)
    events.push({ kind: 'open', name: localName(name), attributes: Object.fromEntries(named) })
  })
  parser.on('closetag', ({ name }) => {
    depth--
    events.push({ kind: 'close', name: localName(name) })
  })
  const addText = (text: string) => {
    events.push({ kind: 'text', text })
  }
  parser.on('text', addText)
  parser.on('cdata', addText)

  let run = 0
  return (parse: () => void, length: number): XmlEvent[] => {
    try {
      parse()
    } catch (error) {
      throw error instanceof ImportFault ? error : new ImportFault('XML_MALFORMED')
    }
    // Text, a comment or a tag without end gives no event: the parser would keep all of it.
    run = events.length > 0 ? 0 : run + length
    if (run > longestRun) throw new ImportFault('XML_TOO_COMPLEX')
    const batch = events
    events = []
    return batch
  }
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)
