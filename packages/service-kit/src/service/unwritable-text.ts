interface Place {
  readonly value: unknown
  readonly pointer: string
}

/**
 * Where a text stands that no database, XML file or I-JSON document can hold (RFC 7493 2.1): one with a null character
 * or half a surrogate pair. A JSON Pointer; undefined when there is none. Walks by a list: depth costs no stack.
 */
export function findUnwritableText(document: unknown): string | undefined {
  const places: Place[] = [{ value: document, pointer: '' }]
  for (let place = places.pop(); place; place = places.pop()) {
    const { value, pointer } = place
    if (typeof value === 'string' && !isWritable(value)) return pointer
    if (!isDocument(value)) continue
    for (const [name, member] of Object.entries(value)) {
      // A name is not repeated where it cannot be written itself.
      if (!isWritable(name)) return pointer
      const isLeaf = typeof member !== 'string' && (typeof member !== 'object' || member === null)
      if (isLeaf) continue
      places.push({ value: member, pointer: `${pointer}/${escapeToken(name)}` })
    }
  }
  return undefined
}

/**
 * What JSON, a query string or a form is parsed to: its prototype, if any, inherits from nothing. A body can also be a
 * file or a stream, which lead to everything else.
 */
function isDocument(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null
}

const isWritable = (text: string): boolean => text.isWellFormed() && !text.includes('\0')
const escapeToken = (name: string): string =>
  name.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')
