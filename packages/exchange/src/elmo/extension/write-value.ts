import { isObject } from '@mikromerit/credentials'
import { node, type XmlNode } from '../../xml/write-xml.ts'
import { elementName, shorthands } from './element-names.ts'
import type { SchemaView } from './schema-view.ts'

/** A value as elements of one name: one, several for a list or several languages, none when there is no value. */
export function writeValue(name: string, view: SchemaView, value: unknown): XmlNode[] {
  if (value === undefined) return []
  switch (view.kind) {
    case 'list':
      return Array.isArray(value) ? value.flatMap((item) => writeItem(name, view.item, item)) : []
    case 'languageMap':
      return isObject(value)
        ? Object.entries(value).map(([tag, text]) => node(name, String(text), { 'xml:lang': tag }))
        : []
    case 'object':
      return isObject(value) ? [writeObject(name, view.members, value)] : []
    case 'number':
      return typeof value === 'number' ? [node(name, writeDecimal(value))] : []
    default:
      return [node(name, String(value))]
  }
}

/** In a list, the languages of one text must stay together. */
const writeItem = (name: string, view: SchemaView, item: unknown): XmlNode[] =>
  view.kind === 'languageMap'
    ? [node(name, writeValue('text', view, item))]
    : writeValue(name, view, item)

function writeObject(
  name: string,
  members: ReadonlyMap<string, SchemaView>,
  value: Readonly<Record<string, unknown>>,
): XmlNode {
  const present = [...members].filter(([member]) => value[member] !== undefined)
  const [only] = present
  if (only && present.length === 1 && only[0] === shorthands[name])
    return node(name, String(value[only[0]]))
  return node(
    name,
    present.flatMap(([member, view]) => writeValue(elementName(member), view, value[member])),
  )
}

/** An `xs:decimal` has no exponent; numbers of the domain have few digits. */
export const writeDecimal = (value: number): string =>
  /e/.test(String(value)) ? value.toFixed(20).replace(/\.?0+$/, '') : String(value)
