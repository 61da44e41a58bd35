import { accept, type Result, refuse } from '../result.ts'

export type SvgRefusal =
  | 'image_too_large'
  | 'svg_malformed'
  | 'svg_dtd_refused'
  | 'svg_entity_refused'
  | 'svg_too_complex'

const maxAttributes = 200

const name = String.raw`[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?`
const endTag = new RegExp(String.raw`</(${name})\s*>`, 'y')
const tagName = new RegExp(`<(${name})`, 'y')
const attribute = new RegExp(String.raw`\s+(${name})\s*=\s*(?:"([^"<]*)"|'([^'<]*)')`, 'y')
const tagEnd = /\s*(\/?)>/y

const matchAt = (pattern: RegExp, text: string, at: number) => {
  pattern.lastIndex = at
  return pattern.exec(text)
}

export function readEndTag(text: string, at: number): { name: string; end: number } | undefined {
  const found = matchAt(endTag, text, at)
  return found ? { name: found[1] ?? '', end: at + found[0].length } : undefined
}

export interface SvgTag {
  readonly name: string
  /** As written: references in them are not decoded. */
  readonly attributes: ReadonlyMap<string, string>
  /** Of the tag alone: `<` and behind `>`. */
  readonly start: number
  readonly end: number
  readonly isEmpty: boolean
}

export function readStartTag(text: string, start: number): Result<SvgTag, SvgRefusal> {
  const named = matchAt(tagName, text, start)
  if (!named) return malformedSvg('A tag has no name.')
  const attributes = new Map<string, string>()
  let at = start + named[0].length
  for (let found = matchAt(attribute, text, at); found; found = matchAt(attribute, text, at)) {
    const key = found[1] ?? ''
    if (attributes.has(key)) return malformedSvg('A tag has the same attribute twice.')
    if (attributes.set(key, found[2] ?? found[3] ?? '').size > maxAttributes)
      return refuse('svg_too_complex', 'A tag of the SVG image has too many attributes.')
    at += found[0].length
  }
  const ended = matchAt(tagEnd, text, at)
  if (!ended) return malformedSvg('A tag has no end.')
  const end = at + ended[0].length
  return accept({ name: named[1] ?? '', attributes, start, end, isEmpty: ended[1] === '/' })
}

const predefined: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
])

/** The five references that XML predefines, and those by number; any other is an entity (S-30). */
export function decodeReferences(text: string): Result<string, 'svg_entity_refused'> {
  let isRefused = false
  const decoded = text.replaceAll(/&([^;&\s]{0,10};?)/g, (_, reference: string) => {
    const known = decodeReference(reference)
    if (known === undefined) isRefused = true
    return known ?? ''
  })
  return isRefused
    ? refuse('svg_entity_refused', 'The SVG image uses an entity, which is not accepted.')
    : accept(decoded)
}

function decodeReference(reference: string): string | undefined {
  const [, code] = /^(#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[a-z]{2,4});$/.exec(reference) ?? []
  if (code === undefined) return undefined
  if (!code.startsWith('#')) return predefined.get(code)
  const point = Number(code.startsWith('#x') ? `0${code.slice(1)}` : code.slice(1))
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : undefined
}

export const malformedSvg = (detail: string) =>
  refuse('svg_malformed', `The SVG image is malformed. ${detail}`)
