import { type Identifier, isDay, type LanguageMap } from '@mikromerit/credentials'
import {
  attributeOf,
  children,
  firstChild,
  rawText,
  tokenOf,
  type XmlElement,
} from '../xml/element.ts'
import { languageOf } from './extension/read-value.ts'
import type { Report } from './report.ts'

/** Tokens in one or several languages; the first of each. White space is collapsed, as ELMO's titles have none. */
export const readTitles = (parent: XmlElement, name: string): LanguageMap =>
  toLanguageMap(children(parent, name), (element) => tokenOf(element) ?? '')

/** Running text in one or several languages, its lines kept. Undefined when there is none. */
export function readParagraphs(parent: XmlElement, name: string): LanguageMap | undefined {
  const texts = toLanguageMap(children(parent, name), (element) => rawText(element).trim())
  return Object.keys(texts).length > 0 ? texts : undefined
}

function toLanguageMap(
  elements: readonly XmlElement[],
  textOf: (element: XmlElement) => string,
): LanguageMap {
  const texts = new Map<string, string>()
  for (const element of elements) {
    const [tag, text] = [languageOf(element), textOf(element)]
    if (text !== '' && !texts.has(tag)) texts.set(tag, text)
  }
  return Object.fromEntries(texts)
}

export const readToken = (parent: XmlElement | undefined, name: string): string | undefined =>
  tokenOf(firstChild(parent, name))

/** An `xs:date`, which may have a time zone: the day is the day, wherever. */
export function readDate(
  parent: XmlElement | undefined,
  name: string,
  report: Report,
): string | undefined {
  const element = firstChild(parent, name)
  const text = tokenOf(element)
  if (!element || text === undefined) return undefined
  const day = text.replace(/(?:Z|[+-]\d{2}:\d{2})$/, '')
  if (isDay(day)) return day
  report('DATE_INVALID', element)
  return undefined
}

/** An `xs:dateTime`. Without a time zone its moment is not known, and the text stays as it is. */
export function readMoment(parent: XmlElement, name: string, report: Report): string | undefined {
  const element = firstChild(parent, name)
  const text = tokenOf(element)
  if (!element || text === undefined) return undefined
  const isMoment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?$/.test(
    text,
  )
  if (isMoment && isDay(text.slice(0, 10))) return text
  report('DATE_INVALID', element)
  return undefined
}

/** An `xs:decimal`. */
export function readDecimal(element: XmlElement | undefined): number | undefined {
  const text = tokenOf(element)
  return text !== undefined && /^[-+]?\d{0,15}(?:\.\d{0,15})?$/.test(text) && /\d/.test(text)
    ? Number(text)
    : undefined
}

const longestIdentifier = 255

/** Identifiers with their types as schemes; what has no type or is endless is none. */
export const readIdentifiers = (parent: XmlElement | undefined): Identifier[] =>
  children(parent, 'identifier').flatMap((element) => {
    const scheme = attributeOf(element, 'type')?.trim() ?? ''
    const value = tokenOf(element)
    return value !== undefined &&
      value.length <= longestIdentifier &&
      /^[A-Za-z][A-Za-z0-9.:_-]{0,63}$/.test(scheme)
      ? [{ scheme, value }]
      : []
  })
