import { isUtf8 } from 'node:buffer'
import { accept, type Result, refuse } from '../result.ts'
import { maxImageBytes } from './png.ts'
import { malformedSvg, readEndTag, readStartTag, type SvgRefusal, type SvgTag } from './svg-tags.ts'

/** A start tag with its namespace resolved. */
export interface SvgElement extends SvgTag {
  readonly namespace: string
  readonly localName: string
  readonly depth: number
}

export interface SvgVisitor {
  /** At each start tag, in document order. */
  enter(element: SvgElement): 'stop' | undefined
  /** At the end tag; `end` is behind it. Not for empty elements. */
  leave?(element: SvgElement, end: number): void
}

const maxElements = 50_000
const maxDepth = 128

/** The text of an SVG, which must be UTF-8 whatever it says of itself. */
export function decodeSvg(image: Uint8Array): Result<string, SvgRefusal> {
  if (image.length > maxImageBytes) return refuse('image_too_large', 'The image is too large.')
  if (!isUtf8(image)) return malformedSvg('It is not UTF-8.')
  const text = Buffer.from(image.buffer, image.byteOffset, image.length).toString('utf8')
  return accept(text.replace(/^\uFEFF/, ''))
}

/**
 * Walks through the elements of an SVG, and stops where the visitor says so. This is no XML parser: it knows what it takes
 * to find an element for certain, refuses a document type outright and expands no entity (V-28, S-30).
 */
export function scanSvg(text: string, visitor: SvgVisitor): Result<undefined, SvgRefusal> {
  const open: { element: SvgElement; scope: Scope }[] = []
  let elements = 0
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const skipped = skipMarkup(text, at)
    if (!skipped.ok) return skipped
    if (skipped.value !== undefined) {
      at = skipped.value
    } else if (text.startsWith('</', at)) {
      const tag = readEndTag(text, at)
      const last = open.pop()
      if (!tag || tag.name !== last?.element.name) return malformedSvg('An end tag does not match.')
      at = tag.end
      visitor.leave?.(last.element, at)
    } else {
      const tag = readStartTag(text, at)
      if (!tag.ok) return tag
      if (open.length === 0 && elements > 0) return malformedSvg('It has more than one root.')
      if (++elements > maxElements || open.length >= maxDepth)
        return refuse('svg_too_complex', 'The SVG image has too many elements, or too deep.')
      const scope = { attributes: tag.value.attributes, outer: open.at(-1)?.scope }
      const element = resolve(tag.value, scope, open.length)
      if (!element) return malformedSvg('A prefix is bound to no namespace.')
      if (visitor.enter(element) === 'stop') return accept(undefined)
      if (!element.isEmpty) open.push({ element, scope })
      at = element.end
    }
  }
  return open.length === 0 && elements > 0 ? accept(undefined) : malformedSvg('It has no end.')
}

/** Behind a comment, a processing instruction or CDATA; undefined when there is a tag. */
function skipMarkup(text: string, at: number): Result<number | undefined, SvgRefusal> {
  for (const [begin, end] of [
    ['<!--', '-->'],
    ['<![CDATA[', ']]>'],
    ['<?', '?>'],
  ] as const) {
    if (!text.startsWith(begin, at)) continue
    const found = text.indexOf(end, at + begin.length)
    return found < 0 ? malformedSvg('A part of it has no end.') : accept(found + end.length)
  }
  return text.startsWith('<!', at)
    ? refuse('svg_dtd_refused', 'The SVG image has a document type, which is not accepted.')
    : accept(undefined)
}

/** Declarations are looked up from the inside out and never copied: a tag may have hundreds, and ten thousands follow. */
interface Scope {
  readonly attributes: ReadonlyMap<string, string>
  readonly outer: Scope | undefined
}

function resolve(tag: SvgTag, scope: Scope, depth: number): SvgElement | undefined {
  const [localName = '', prefix = ''] = tag.name.split(':').reverse()
  const declaration = prefix === '' ? 'xmlns' : `xmlns:${prefix}`
  for (let at: Scope | undefined = scope; at; at = at.outer) {
    const namespace = at.attributes.get(declaration)
    if (namespace !== undefined) return { ...tag, namespace, localName, depth }
  }
  return prefix === '' ? { ...tag, namespace: '', localName, depth } : undefined
}
