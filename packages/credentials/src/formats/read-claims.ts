import { type CodeList, findConcept, findConceptByLabel } from '../code-lists/code-list.ts'
import { isObject } from '../jose/json.ts'
import type { CodedValue, Party } from './micro-credential.ts'
import { omitAbsent, omitEmpty } from './omit-absent.ts'

/** Strangers wrote these claims: each reader takes what has the expected form, within bounds, and nothing else. */
export type Claims = Readonly<Record<string, unknown>>

const maxText = 10_000
const maxElements = 50

export function readText(value: unknown): string | undefined {
  if (typeof value === 'string' && value.trim() !== '') return value.slice(0, maxText)
  // A language map: other types than ours carry them.
  if (!isObject(value)) return undefined
  const texts = ['sv', 'en', ...Object.keys(value).slice(0, 24)].map((tag) => value[tag])
  return texts
    .find((text): text is string => typeof text === 'string' && text !== '')
    ?.slice(0, maxText)
}

/** The first of these claims that has a text. */
export const readFirst = (claims: Claims, ...names: readonly string[]): string | undefined =>
  names.map((name) => readText(claims[name])).find((text) => text !== undefined)

export const readNumber = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined

export function readList<T>(
  value: unknown,
  read: (element: unknown) => T | undefined,
): T[] | undefined {
  if (value === undefined || value === null) return undefined
  const elements: unknown[] = Array.isArray(value) ? value.slice(0, maxElements) : [value]
  const found = elements.map(read).filter((element) => element !== undefined)
  return found.length > 0 ? found : undefined
}

export const readTexts = (value: unknown) => readList(value, readText)

/** A moment in ISO 8601 of a NumericDate; up to the year 9999, beyond which the notation changes. */
export function readMoment(value: unknown): string | undefined {
  const seconds = readNumber(value)
  return seconds !== undefined && seconds >= 0 && seconds < 253_402_300_800
    ? new Date(seconds * 1000).toISOString()
    : undefined
}

/** A value of one of these lists, by URI, code or label; else as it stands. */
export const readCoded =
  (list: CodeList) =>
  (value: unknown): CodedValue | undefined => {
    const text = readText(isObject(value) ? (value.uri ?? value.id ?? value) : value)
    if (text === undefined) return undefined
    const concept = findConcept(list, text) ?? findConceptByLabel(list, text)
    if (concept) return { uri: concept.uri, label: concept.labels }
    return /^(?:https?:\/\/|urn:)/.test(text) ? { uri: text } : { text }
  }

export function readParty(value: unknown): Party | undefined {
  if (!isObject(value)) {
    const name = readText(value)
    return name === undefined ? undefined : { name }
  }
  return omitEmpty({
    name: readText(value.name ?? value.legalName),
    country: readText(value.country),
    identifier: readText(value.identifier ?? value.id),
  })
}

export const readTarget = (value: unknown) => {
  if (!isObject(value)) return undefined
  const title = readText(value.title)
  return title === undefined ? undefined : { title, ...omitAbsent({ uri: readText(value.uri) }) }
}
