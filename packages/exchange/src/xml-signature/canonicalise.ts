import {
  isElement,
  type XmlAttribute,
  type XmlDocument,
  type XmlElement,
  type XmlInstruction,
  xmlNamespace,
} from '../xml/element.ts'

/** How namespaces are written: all in scope (Canonical XML 1.0), or those that are used (Exclusive XML C14N 1.0). */
export type Canonicalisation =
  | { readonly kind: 'inclusive' }
  | {
      readonly kind: 'exclusive'
      /** Prefixes treated as inclusive ones all the same; the default namespace is the empty prefix. */
      readonly prefixes: ReadonlySet<string>
    }

/** Prefixes and the namespaces they stand for. */
type Scope = ReadonlyMap<string, string>

const emptyScope: Scope = new Map()

/**
 * A whole document in canonical form without comments, leaving out one element: the signature in it, which cannot sign
 * itself. The same form for the same infoset, whoever wrote it, and another for any other.
 */
export function canonicaliseDocument(
  { root, before, after }: XmlDocument,
  canonicalisation: Canonicalisation,
  without: XmlElement,
): string {
  const writer = createWriter(canonicalisation, without)
  writer.writeElement(root, emptyScope, emptyScope, [])
  // Canonical XML 1.0, 2.3: instructions around the root stand on lines of their own.
  return [
    ...before.map((each) => `${writeInstruction(each)}\n`),
    writer.text(),
    ...after.map((each) => `\n${writeInstruction(each)}`),
  ].join('')
}

/** One element of a document in canonical form, with what it inherits. */
export function canonicaliseElement(
  element: XmlElement,
  canonicalisation: Canonicalisation,
): string {
  const ancestors = ancestorsOf(element)
  const scope = ancestors.reduce<Scope>(extend, emptyScope)
  const inherited =
    canonicalisation.kind === 'inclusive' ? inheritXmlAttributes(element, ancestors) : []
  const writer = createWriter(canonicalisation, undefined)
  writer.writeElement(element, scope, emptyScope, inherited)
  return writer.text()
}

/** From the root down. */
function ancestorsOf({ parent }: XmlElement): XmlElement[] {
  return parent ? [...ancestorsOf(parent), parent] : []
}

const extend = (scope: Scope, { declarations }: XmlElement): Scope =>
  declarations.size === 0 ? scope : new Map([...scope, ...declarations])

/** Canonical XML 1.0, 2.4: a part taken out of a document keeps its language. */
function inheritXmlAttributes(
  element: XmlElement,
  ancestors: readonly XmlElement[],
): XmlAttribute[] {
  const inherited = new Map<string, XmlAttribute>()
  for (const { attributes } of ancestors) {
    for (const attribute of attributes) {
      if (attribute.namespace === xmlNamespace) inherited.set(attribute.name, attribute)
    }
  }
  for (const { name, namespace } of element.attributes) {
    if (namespace === xmlNamespace) inherited.delete(name)
  }
  return [...inherited.values()]
}

function createWriter(canonicalisation: Canonicalisation, without: XmlElement | undefined) {
  const pieces: string[] = []
  const writeElement = (
    element: XmlElement,
    outerScope: Scope,
    outerRendered: Scope,
    inherited: readonly XmlAttribute[],
  ): void => {
    const scope = extend(outerScope, element)
    const isFirst = pieces.length === 0
    const context = { scope, rendered: outerRendered, isFirst, canonicalisation }
    const declared = findDeclarations(element, context)
    const rendered =
      declared.length === 0 ? outerRendered : new Map([...outerRendered, ...declared])
    const name = qualify(element.prefix, element.name)
    pieces.push('<', name)
    for (const [prefix, uri] of declared)
      pieces.push(prefix === '' ? ' xmlns="' : ` xmlns:${prefix}="`, escapeValue(uri), '"')
    for (const { prefix, name: local, value } of sort([...element.attributes, ...inherited]))
      pieces.push(' ', qualify(prefix, local), '="', escapeValue(value), '"')
    pieces.push('>')
    for (const node of element.content) {
      if (typeof node === 'string') pieces.push(escapeContent(node))
      else if (!isElement(node)) pieces.push(writeInstruction(node))
      else if (node !== without) writeElement(node, scope, rendered, [])
    }
    pieces.push('</', name, '>')
  }
  return { writeElement, text: () => pieces.join('') }
}

interface DeclarationContext {
  readonly scope: Scope
  /** What the elements written around it declared. */
  readonly rendered: Scope
  /** Nothing is written around it. */
  readonly isFirst: boolean
  readonly canonicalisation: Canonicalisation
}

/** The namespaces to be declared on an element, in the order of their prefixes. */
function findDeclarations(
  element: XmlElement,
  { scope, rendered, isFirst, canonicalisation }: DeclarationContext,
): [prefix: string, uri: string][] {
  const prefixes =
    canonicalisation.kind === 'inclusive'
      ? // What is around the first element that is written is written there; below, only what changes.
        (isFirst ? scope : element.declarations).keys()
      : [
          ...usedPrefixes(element),
          ...[...canonicalisation.prefixes].filter((prefix) => scope.has(prefix)),
        ]
  return [...new Set(prefixes)]
    .filter((prefix) => prefix !== 'xml')
    .sort(compare)
    .map((prefix): [string, string] => [prefix, scope.get(prefix) ?? ''])
    .filter(([prefix, uri]) => uri !== (rendered.get(prefix) ?? ''))
}

/** Exclusive XML C14N 1.0, section 1.1: visibly utilised. An attribute without a prefix is in no namespace. */
const usedPrefixes = ({ prefix, attributes }: XmlElement): string[] => [
  prefix,
  ...attributes.map((attribute) => attribute.prefix).filter((used) => used !== ''),
]

const sort = (attributes: XmlAttribute[]): XmlAttribute[] =>
  attributes.sort(
    (one, other) => compare(one.namespace, other.namespace) || compare(one.name, other.name),
  )

const compare = (one: string, other: string): number => {
  if (one === other) return 0
  return one < other ? -1 : 1
}

const qualify = (prefix: string, name: string): string =>
  prefix === '' ? name : `${prefix}:${name}`

const writeInstruction = ({ target, body }: XmlInstruction): string =>
  body === '' ? `<?${target}?>` : `<?${target} ${body.replaceAll('\r', '&#xD;')}?>`

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
}

/** Canonical XML 1.0, 2.3: the two sets differ. */
const escapeContent = (text: string): string =>
  text.replace(/[&<>\r]/g, (character) => references[character] ?? '')

const escapeValue = (text: string): string =>
  text.replace(/[&<"\t\n\r]/g, (character) => references[character] ?? '')
