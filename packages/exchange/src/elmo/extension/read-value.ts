import {
  attributeOf,
  childElements,
  rawText,
  type XmlElement,
  xmlNamespace,
} from '../../xml/element.ts'
import { elementName, shorthands } from './element-names.ts'
import type { ObjectView, SchemaView } from './schema-view.ts'

/**
 * The value that elements of one name hold, by the schema it must have; undefined when there are none. A stranger may
 * have written them: the value is still to be checked against the schema.
 */
export function readValue(elements: readonly XmlElement[], view: SchemaView): unknown {
  const [first] = elements
  if (!first) return undefined
  switch (view.kind) {
    case 'list':
      return elements.map((element) => readItem(element, view.item))
    case 'languageMap':
      return readTexts(elements)
    case 'object':
      return readObject(first, view)
    case 'number':
      return Number(rawText(first).trim() || Number.NaN)
    case 'boolean':
      return ['true', '1'].includes(rawText(first).trim())
    default:
      return rawText(first).trim()
  }
}

const readItem = (element: XmlElement, view: SchemaView): unknown =>
  view.kind === 'languageMap'
    ? readTexts(childrenNamed(element, 'text'))
    : readValue([element], view)

/** Texts by language; the first of each. */
export function readTexts(elements: readonly XmlElement[]): Record<string, string> {
  const texts = new Map<string, string>()
  for (const element of elements) {
    const tag = languageOf(element)
    if (!texts.has(tag)) texts.set(tag, rawText(element))
  }
  return Object.fromEntries(texts)
}

/** BCP 47: `und` says that the language is not known. */
export function languageOf(element: XmlElement): string {
  const tag = attributeOf(element, 'lang', xmlNamespace)?.trim() ?? ''
  return /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}$/.test(tag) ? tag : 'und'
}

function readObject(
  element: XmlElement,
  { members, neededLists }: ObjectView,
): Record<string, unknown> {
  const shorthand = shorthands[element.name]
  if (shorthand !== undefined && childElements(element).length === 0)
    return { [shorthand]: rawText(element).trim() }
  const values = [...members].flatMap(([member, view]) => {
    const value = readValue(childrenNamed(element, elementName(member)), view)
    if (value === undefined) return neededLists.has(member) ? [[member, []] as const] : []
    return [[member, value] as const]
  })
  return Object.fromEntries(values)
}

const childrenNamed = (element: XmlElement, name: string): XmlElement[] =>
  childElements(element).filter(
    (child) => child.name === name && child.namespace === element.namespace,
  )
