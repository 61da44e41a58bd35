import type { XmlElement } from '../xml/element.ts'

/** Whether two documents say the same: names, attributes and texts, however their characters were written. */
export function isSameContent(one: XmlElement, other: XmlElement): boolean {
  if (one.name !== other.name || one.namespace !== other.namespace) return false
  if (one.attributes.size !== other.attributes.size) return false
  for (const [name, value] of one.attributes) {
    if (other.attributes.get(name) !== value) return false
  }
  const mine = joinTexts(one)
  const theirs = joinTexts(other)
  return (
    mine.length === theirs.length &&
    mine.every((node, index) => {
      const peer = theirs[index]
      return typeof node === 'object' && typeof peer === 'object'
        ? isSameContent(node, peer)
        : node === peer
    })
  )
}

/** Character data sections and comments part a text in pieces; the text is the same. */
function joinTexts({ content }: XmlElement): (XmlElement | string)[] {
  const joined: (XmlElement | string)[] = []
  for (const node of content) {
    const last = joined.at(-1)
    if (typeof node === 'string' && typeof last === 'string')
      joined[joined.length - 1] = last + node
    else joined.push(node)
  }
  return joined
}
