import type { LocalisedText } from '@mikromerit/credentials'
import { labels } from './labels.ts'
import { type PrintedTexts, printTexts } from './printed-credential.ts'

interface Credits {
  readonly value: number
  readonly label: LocalisedText
}

/** Hours and credits beside each other, neither derived from the other. */
export function printHours(hours: number | undefined, credits: readonly Credits[]): PrintedTexts {
  const inLanguage = (language: 'sv' | 'en') => {
    const number = new Intl.NumberFormat(language, { useGrouping: false })
    return [
      ...(hours === undefined ? [] : [`${number.format(hours)} ${labels.hours[language]}`]),
      ...credits.map(({ value, label }) => `${number.format(value)} ${label[language]}`),
    ].join(' / ')
  }
  const sv = inLanguage('sv')
  return sv === '' ? [] : printTexts({ sv, en: inLanguage('en') })
}

/** Languages by their names, or by their tags where they have none. */
export function printLanguages(tags: readonly string[]): PrintedTexts {
  if (tags.length === 0) return []
  const inLanguage = (language: string) => {
    const names = new Intl.DisplayNames(language, { type: 'language' })
    return tags.map((tag) => nameLanguage(names, tag)).join(', ')
  }
  return printTexts({ sv: inLanguage('sv'), en: inLanguage('en') })
}

function nameLanguage(names: Intl.DisplayNames, tag: string): string {
  try {
    return names.of(tag) ?? tag
  } catch {
    return tag
  }
}
