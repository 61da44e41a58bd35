import { type CodeList, type Concept, findConcept } from '../../code-lists/code-list.ts'
import {
  euCountryScheme,
  euLanguageScheme,
  findEuCountry,
  findEuLanguage,
} from '../../code-lists/eu-authority.ts'
import type { Identifier } from '../../domain/organisation.ts'
import type { LanguageMap, LocalisedText } from '../../domain/text.ts'
import { omitAbsent } from '../omit-absent.ts'

/** A node of the European Learning Model: `id`, `type` and the members of its class. */
export type ElmNode = Readonly<Record<string, unknown>>

/** Derives the id of a part of the award. */
export type IdOf = (part: string) => string

const isUri = (text: string) => /^(?:https?:\/\/|urn:)/.test(text)

/** A concept with the scheme it belongs to; one of our own belongs to our own scheme, whatever list it extends. */
export const buildConcept = ({ uri, labels }: Concept, scheme: string): ElmNode => ({
  id: uri,
  type: 'Concept',
  inScheme: buildScheme(
    uri.startsWith('urn:mikromerit:') ? uri.slice(0, uri.lastIndexOf(':')) : scheme,
  ),
  prefLabel: labels,
})

export const buildScheme = (id: string): ElmNode => ({ id, type: 'ConceptScheme' })

/** The concept of a value; in an open list, also a URI that is not in it. */
export function findConceptNode(list: CodeList, value: string): ElmNode | undefined {
  const concept = findConcept(list, value)
  if (concept) return buildConcept(concept, list.scheme)
  return list.isClosed || !isUri(value) ? undefined : { id: value, type: 'Concept' }
}

/** Whether a value is one of the EU's own: closed lists of European Digital Credentials take no others. */
export const isEuConcept = (node: ElmNode | undefined): boolean =>
  typeof node?.id === 'string' && node.id.startsWith('http://data.europa.eu/')

export function findConceptNodes(
  list: CodeList,
  values: readonly string[] = [],
): ElmNode[] | undefined {
  return orNone(values.flatMap<ElmNode>((value) => findConceptNode(list, value) ?? []))
}

/** Lists without elements are left out. */
export const orNone = <T>(list: readonly T[]): T[] | undefined =>
  list.length > 0 ? [...list] : undefined

export function buildCountry(alpha2: string | undefined): ElmNode | undefined {
  const country = alpha2 === undefined ? undefined : findEuCountry(alpha2)
  return country && buildConcept(country, euCountryScheme)
}

function buildLanguage(tag: string): ElmNode | undefined {
  const language = findEuLanguage(tag)
  return language && buildConcept(language, euLanguageScheme)
}

/** Several tags of one language, `en` and `en-GB`, are one language here. */
export function buildLanguages(tags: readonly string[]): ElmNode[] {
  const languages = tags.flatMap<ElmNode>((tag) => buildLanguage(tag) ?? [])
  return [...new Map(languages.map((language) => [language.id, language])).values()]
}

/** A note, and the concept that says what it is about. */
export const buildNote = (id: string, text: LanguageMap, subject?: ElmNode): ElmNode =>
  omitAbsent({ id, type: 'Note', noteLiteral: text, subject })

export const buildWebResource = (id: string, url: string): ElmNode => ({
  id,
  type: 'WebResource',
  contentURL: url,
})

export const buildIdentifier = (id: string, { scheme, value }: Identifier): ElmNode => ({
  id,
  type: 'Identifier',
  notation: value,
  schemeName: scheme,
})

/** A calendar day as the date and time the model demands: as written, never through a time zone (domain.md 3.1). */
export const startOfDay = (day: string): string => `${day}T00:00:00Z`
export const endOfDay = (day: string): string => `${day}T23:59:59Z`

/** A text made of another, language by language. */
export const mapTexts = (
  text: LanguageMap,
  make: (words: string, tag: string) => string,
): LanguageMap =>
  Object.fromEntries(Object.entries(text).map(([tag, words]) => [tag, make(words, tag)]))

/** A text with a label before it, in each language the text has. */
export const labelText = (label: LocalisedText, text: LanguageMap): LanguageMap =>
  mapTexts(text, (words, tag) => `${chooseLabel(label, tag)}: ${words}`)

/** Ours in the language of a tag: Swedish for Swedish, else English. */
export const chooseLabel = (label: LocalisedText, tag: string): string =>
  tag.toLowerCase().split('-', 1)[0] === 'sv' ? label.sv : label.en
