/** An element of a parsed XML document: what the infoset says, without prefixes and comments. */
export interface XmlElement {
  readonly name: string
  /** Namespace name; empty when there is none. */
  readonly namespace: string
  /** By local name, or `{namespace}local` for attributes that have one. Namespace declarations are not here. */
  readonly attributes: ReadonlyMap<string, string>
  readonly content: readonly (XmlElement | string)[]
  /** Line of the start tag, from 1. */
  readonly line: number
  /** Which one it is among its parent's children of the same name, from 1. */
  readonly ordinal: number
  readonly parent: XmlElement | undefined
}

export const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'

const isElement = (node: XmlElement | string): node is XmlElement => typeof node === 'object'

/** Children of an element, in its own namespace unless another is named. */
export const children = (
  parent: XmlElement | undefined,
  name: string,
  namespace = parent?.namespace,
): XmlElement[] =>
  childElements(parent).filter(
    (child) => child.name === name && (namespace === undefined || child.namespace === namespace),
  )

export const childElements = (parent: XmlElement | undefined): XmlElement[] =>
  parent?.content.filter(isElement) ?? []

export const firstChild = (parent: XmlElement | undefined, name: string, namespace?: string) =>
  children(parent, name, namespace ?? parent?.namespace)[0]

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
