import type { LanguageMap, LocalisedText } from '@mikromerit/credentials'

/** One text in one language; whoever reads aloud must know which. */
export interface PrintedText {
  readonly text: string
  /** BCP 47; absent for what belongs to no language, as numbers. */
  readonly language?: string
}

/** The same said in one language after the other, Swedish first. */
export type PrintedTexts = readonly PrintedText[]

/** One element of the European standard: what it is called, and what is said of it. */
export interface PrintedElement {
  readonly label: LocalisedText
  readonly values: readonly PrintedTexts[]
}

/** What goes on paper, wherever it came from. */
export interface PrintedCredential {
  readonly title: PrintedTexts
  readonly issuer: PrintedTexts
  readonly learner: string
  readonly awardedOn?: string
  readonly validUntil?: string
  /** Said below the title: what the paper is, when it is not the issuer's. */
  readonly notices: readonly LocalisedText[]
  readonly elements: readonly PrintedElement[]
  readonly outcomes: readonly PrintedTexts[]
  /** Further elements, after the outcomes. */
  readonly details: readonly PrintedElement[]
  readonly reference?: string
}

const order = (language: string) => {
  const position = ['sv', 'en'].indexOf(language.split('-', 1)[0] ?? '')
  return position < 0 ? 2 : position
}

/** A text in all that it was written in, at most two: Swedish and English when there are these. */
export const printTexts = (map: LanguageMap | undefined): PrintedTexts =>
  Object.entries(map ?? {})
    .toSorted(([one], [other]) => order(one) - order(other))
    .filter(([, text], index, all) => all.findIndex(([, same]) => same === text) === index)
    .slice(0, 2)
    .map(([language, text]) => ({ text, language }))

/** A text whose language is not known, or that has none. */
export const printPlain = (text: string | undefined): PrintedTexts =>
  text === undefined || text.trim() === '' ? [] : [{ text }]

/** An element, unless nothing is said of it. */
export function printElement(
  label: LocalisedText,
  ...values: readonly (PrintedTexts | undefined)[]
): PrintedElement[] {
  const said = values.filter((value) => value !== undefined && value.length > 0)
  // Filtered just above; the compiler cannot follow both conditions.
  return said.length > 0 ? [{ label, values: said as PrintedTexts[] }] : []
}
