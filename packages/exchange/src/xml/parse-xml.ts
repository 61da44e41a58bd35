import { accept, type Refusal } from '@mikromerit/credentials'
import { type SaxesAttributeNSIncomplete, SaxesParser, type SaxesTagNS } from 'saxes'
import type { XmlElement } from './element.ts'

export interface XmlLimits {
  /** Greatest nesting of elements. */
  readonly depth: number
  /** Greatest number of elements in the document. */
  readonly elements: number
  /** Greatest number of attributes of one element, namespace declarations included. */
  readonly attributes: number
}

export const xmlLimits: XmlLimits = { depth: 64, elements: 50_000, attributes: 32 }

export type XmlCode = 'XML_MALFORMED' | 'XML_DOCTYPE' | 'XML_TOO_COMPLEX'

export interface XmlRefusal extends Refusal<XmlCode> {
  readonly line: number
}

class XmlFault extends Error {
  readonly code: XmlCode

  constructor(code: XmlCode) {
    super(code)
    this.code = code
  }
}

interface OpenElement extends XmlElement {
  readonly content: (XmlElement | string)[]
  /** How many children of each name there are so far. */
  readonly counts: Map<string, number>
}

/**
 * Parses an XML 1.0 document with namespaces that a stranger wrote (S-30): strict about well-formedness, no
 * document type declaration, so no entities but the five of XML itself, and limits that hold while parsing.
 */
export function parseXml(
  text: string,
  limits: XmlLimits = xmlLimits,
): { readonly ok: true; readonly value: XmlElement } | XmlRefusal {
  const parser = new SaxesParser({ xmlns: true, position: true, forceXMLVersion: true, ...xml10 })
  const tree = buildTree(parser, limits)
  try {
    parser.write(text).close()
    const root = tree.root()
    if (root) return accept(root)
  } catch (error) {
    return refuseXml(error instanceof XmlFault ? error.code : 'XML_MALFORMED', parser.line)
  }
  return refuseXml('XML_MALFORMED', parser.line)
}

const refuseXml = (code: XmlCode, line: number): XmlRefusal => ({
  ok: false,
  code,
  detail: details[code],
  line,
})

const xml10 = { defaultXMLVersion: '1.0' } as const

const details: Readonly<Record<XmlCode, string>> = {
  XML_MALFORMED: 'The text is not well-formed XML 1.0 with namespaces.',
  XML_DOCTYPE: 'The document holds a document type declaration.',
  XML_TOO_COMPLEX: 'The document is nested too deeply or has too many elements or attributes.',
}

type Parser = SaxesParser<{ xmlns: true }>

function buildTree(parser: Parser, limits: XmlLimits) {
  const open: OpenElement[] = []
  let root: XmlElement | undefined
  let elements = 0
  let attributes = 0
  let line = 1

  parser.on('doctype', () => {
    throw new XmlFault('XML_DOCTYPE')
  })
  parser.on('opentagstart', () => {
    line = parser.line
    attributes = 0
    if (++elements > limits.elements || open.length >= limits.depth)
      throw new XmlFault('XML_TOO_COMPLEX')
  })
  parser.on('attribute', (_attribute: SaxesAttributeNSIncomplete) => {
    if (++attributes > limits.attributes) throw new XmlFault('XML_TOO_COMPLEX')
  })
  parser.on('opentag', (tag) => {
    const element = toElement(tag, line, open.at(-1))
    open.at(-1)?.content.push(element)
    root ??= element
    open.push(element)
  })
  parser.on('closetag', () => {
    open.pop()
  })
  const addText = (text: string) => {
    open.at(-1)?.content.push(text)
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  return { root: () => root }
}

function toElement(tag: SaxesTagNS, line: number, parent: OpenElement | undefined): OpenElement {
  const attributes = new Map<string, string>()
  for (const { prefix, local, uri, value } of Object.values(tag.attributes)) {
    if (prefix === 'xmlns' || (prefix === '' && local === 'xmlns')) continue
    attributes.set(uri === '' ? local : `{${uri}}${local}`, value)
  }
  const ordinal = (parent?.counts.get(tag.local) ?? 0) + 1
  parent?.counts.set(tag.local, ordinal)
  const { local: name, uri: namespace } = tag
  return { name, namespace, attributes, content: [], line, ordinal, parent, counts: new Map() }
}
