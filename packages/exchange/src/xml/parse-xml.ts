import { accept, type Refusal } from '@mikromerit/credentials'
import { SaxesParser, type SaxesTagNS } from 'saxes'
import type {
  XmlAttribute,
  XmlContent,
  XmlDocument,
  XmlElement,
  XmlInstruction,
} from './element.ts'

export interface XmlLimits {
  /** Greatest nesting of elements. */
  readonly depth: number
  /** Greatest number of elements in the document. */
  readonly elements: number
  /** Greatest number of attributes of one element, namespace declarations included. */
  readonly attributes: number
  /** Greatest number of namespaces declared around one element: canonical form asks for all of them at each. */
  readonly namespaces: number
}

export const xmlLimits: XmlLimits = {
  depth: 64,
  elements: 50_000,
  attributes: 32,
  namespaces: 64,
}

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

/**
 * Parses an XML 1.0 document with namespaces that a stranger wrote (S-30): strict about well-formedness, no
 * document type declaration, so no entities but the five of XML itself, and limits that hold while parsing.
 */
export function parseXml(
  text: string,
  limits: XmlLimits = xmlLimits,
): { readonly ok: true; readonly value: XmlDocument } | XmlRefusal {
  const parser: Parser = new SaxesParser({ xmlns: true, position: true, ...xml10 })
  const tree = buildTree(parser, limits)
  try {
    parser.write(text).close()
    const document = tree()
    if (document) return accept(document)
  } catch (error) {
    return refuseXml(error instanceof XmlFault ? error.code : 'XML_MALFORMED', parser.line)
  }
  return refuseXml('XML_MALFORMED', parser.line)
}

const xml10 = { forceXMLVersion: true, defaultXMLVersion: '1.0' } as const

const refuseXml = (code: XmlCode, line: number): XmlRefusal => ({
  ok: false,
  code,
  detail: details[code],
  line,
})

const details: Readonly<Record<XmlCode, string>> = {
  XML_MALFORMED: 'The text is not well-formed XML 1.0 with namespaces.',
  XML_DOCTYPE: 'The document holds a document type declaration.',
  XML_TOO_COMPLEX:
    'The document is nested too deeply or has too many elements, attributes or namespaces.',
}

type Parser = SaxesParser<{ xmlns: true }>

interface OpenElement extends XmlElement {
  readonly content: XmlContent[]
  /** How many children of each name there are so far. */
  readonly counts: Map<string, number>
}

function buildTree(parser: Parser, limits: XmlLimits): () => XmlDocument | undefined {
  const open: OpenElement[] = []
  const before: XmlInstruction[] = []
  const after: XmlInstruction[] = []
  const start = { line: 1, elements: 0, attributes: 0, namespaces: 0 }
  let root: XmlElement | undefined

  parser.on('doctype', () => {
    throw new XmlFault('XML_DOCTYPE')
  })
  parser.on('opentagstart', () => {
    start.line = parser.line
    start.attributes = 0
    if (++start.elements > limits.elements || open.length >= limits.depth)
      throw new XmlFault('XML_TOO_COMPLEX')
  })
  parser.on('attribute', () => {
    if (++start.attributes > limits.attributes) throw new XmlFault('XML_TOO_COMPLEX')
  })
  parser.on('opentag', (tag) => {
    const element = toElement(tag, start.line, open.at(-1))
    start.namespaces += element.declarations.size
    if (start.namespaces > limits.namespaces) throw new XmlFault('XML_TOO_COMPLEX')
    open.at(-1)?.content.push(element)
    root ??= element
    open.push(element)
  })
  parser.on('closetag', () => {
    start.namespaces -= open.pop()?.declarations.size ?? 0
  })
  const addText = (text: string) => {
    open.at(-1)?.content.push(text)
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('processinginstruction', (instruction) => {
    const outside = root ? after : before
    ;(open.at(-1)?.content ?? outside).push(instruction)
  })
  return () => root && { root, before, after }
}

function toElement(tag: SaxesTagNS, line: number, parent: OpenElement | undefined): OpenElement {
  const attributes: XmlAttribute[] = []
  for (const { prefix, local: name, uri: namespace, value } of Object.values(tag.attributes)) {
    const isDeclaration = prefix === 'xmlns' || (prefix === '' && name === 'xmlns')
    if (!isDeclaration) attributes.push({ name, namespace, prefix, value })
  }
  const { local: name, uri: namespace, prefix } = tag
  const ordinal = (parent?.counts.get(name) ?? 0) + 1
  parent?.counts.set(name, ordinal)
  return {
    name,
    namespace,
    prefix,
    declarations: new Map(Object.entries(tag.ns)),
    attributes,
    content: [],
    line,
    ordinal,
    parent,
    counts: new Map(),
  }
}
