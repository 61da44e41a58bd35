/** A parsed XML document: its root, and the processing instructions around it. */
export interface XmlDocument {
  readonly root: XmlElement
  readonly before: readonly XmlInstruction[]
  readonly after: readonly XmlInstruction[]
}

/** An element of a parsed XML document. Comments are not kept, and character data sections are text. */
export interface XmlElement {
  readonly name: string
  /** Namespace name; empty when there is none. */
  readonly namespace: string
  /** As written; says nothing but how to write it again. */
  readonly prefix: string
  /** Namespaces declared here, by prefix; the default one by the empty prefix. */
  readonly declarations: ReadonlyMap<string, string>
  readonly attributes: readonly XmlAttribute[]
  readonly content: readonly XmlContent[]
  /** Line of the start tag, from 1. */
  readonly line: number
  /** Which one it is among its parent's children of the same name, from 1. */
  readonly ordinal: number
  readonly parent: XmlElement | undefined
}

export type XmlContent = XmlElement | XmlInstruction | string

export interface XmlAttribute {
  readonly name: string
  readonly namespace: string
  readonly prefix: string
  readonly value: string
}

export interface XmlInstruction {
  readonly target: string
  readonly body: string
}

export const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'

export const isElement = (node: XmlContent): node is XmlElement =>
  typeof node === 'object' && 'name' in node

/** Children of an element, in its own namespace unless another is named. */
export const children = (
  parent: XmlElement | undefined,
  name: string,
  namespace = parent?.namespace,
): XmlElement[] =>
  childElements(parent).filter((child) => child.name === name && child.namespace === namespace)

export const childElements = (parent: XmlElement | undefined): XmlElement[] =>
  parent?.content.filter(isElement) ?? []

export const firstChild = (parent: XmlElement | undefined, name: string) =>
  children(parent, name)[0]

/** The value of an attribute; those without a prefix are in no namespace. */
export const attributeOf = (
  element: XmlElement,
  name: string,
  namespace = '',
): string | undefined =>
  element.attributes.find(
    (attribute) => attribute.name === name && attribute.namespace === namespace,
  )?.value

/** The text directly in an element, as written. */
export const rawText = (element: XmlElement | undefined): string =>
  element?.content.filter((node) => typeof node === 'string').join('') ?? ''

/** The text of an `xs:token`: white space collapsed. Undefined when nothing is left. */
export function tokenOf(element: XmlElement | undefined): string | undefined {
  // XML Schema part 2, 4.3.6: only these four characters are white space.
  const text = rawText(element)
    .replace(/[ \t\r\n]+/g, ' ')
    .trim()
  return text === '' ? undefined : text
}

/** Where an element stands, as an XPath: `/elmo/report[2]/issuer[1]`. */
export function pathOf(element: XmlElement): string {
  const steps: string[] = []
  for (let here: XmlElement | undefined = element; here; here = here.parent)
    steps.unshift(here.parent ? `${here.name}[${here.ordinal}]` : here.name)
  return `/${steps.join('/')}`
}
