import type { LocalisedText } from '../domain/text.ts'

/** A value of a code list. Stored and sent as its URI; the code is for people who type. */
export interface Concept {
  readonly code: string
  readonly uri: string
  readonly labels: LocalisedText
  /** Other codes and URIs that mean the same when read, and are never written. */
  readonly aliases?: readonly string[]
}

export interface CodeList {
  readonly name: LocalisedText
  /** URI of the concept scheme. */
  readonly scheme: string
  /** No values but these: European Digital Credentials look them up, and refuse others. */
  readonly isClosed: boolean
  readonly concepts: readonly Concept[]
}

const base = 'http://data.europa.eu/snb'

type Row = readonly [id: string, code: string, en: string, sv: string]

/** A list of the EU under `http://data.europa.eu/snb/{folder}/`, in its edition 25831c2. */
export const euList = (
  folder: string,
  name: LocalisedText,
  kind: 'closed' | 'open',
  rows: readonly Row[],
): CodeList => ({
  name,
  scheme: `${base}/${folder}/25831c2`,
  isClosed: kind === 'closed',
  concepts: rows.map(([id, code, en, sv]) => ({
    code,
    uri: `${base}/${folder}/${id}`,
    labels: { sv, en },
  })),
})

/** Finds a value by our code, its URI or an alias. */
export const findConcept = (list: CodeList, uriOrCode: string): Concept | undefined =>
  list.concepts.find(
    ({ code, uri, aliases }) =>
      code === uriOrCode || uri === uriOrCode || (aliases?.includes(uriOrCode) ?? false),
  )

/** Finds a value by its label in either language: for formats that carry words in place of codes. */
export const findConceptByLabel = (list: CodeList, label: string): Concept | undefined => {
  const wanted = label.trim().toLowerCase()
  return list.concepts.find(
    ({ labels }) => labels.sv.toLowerCase() === wanted || labels.en.toLowerCase() === wanted,
  )
}

/** The URI of a value; what is not in the list stays as it is, for the rules to report. */
export const toConceptUri = (list: CodeList, uriOrCode: string): string =>
  findConcept(list, uriOrCode)?.uri ?? uriOrCode
