import { findConcept } from '../code-lists/code-list.ts'
import { creditAbbreviations, creditFrameworks } from '../code-lists/credits.ts'
import type { AwardRecord } from '../domain/award.ts'
import type { Locale } from '../domain/text.ts'

// Made once: a format takes longer to make than all of a credential.
const numberFormats: Readonly<Record<Locale, Intl.NumberFormat>> = {
  sv: new Intl.NumberFormat('sv', { useGrouping: false }),
  en: new Intl.NumberFormat('en', { useGrouping: false }),
}

/**
 * Study time in words: `80 h / 3 ECTS`. A validation has none, and may say so (domain.md section 1).
 * Undefined when it is simply not known.
 */
export function describeStudyTime(
  { achievement, award }: AwardRecord,
  locale: Locale,
): string | undefined {
  const { hours, credits = [] } = achievement.workload ?? {}
  const number = (value: number) => numberFormats[locale].format(value)
  const parts = [
    ...(hours === undefined ? [] : [`${number(hours)} h`]),
    ...credits.map(({ framework, value }) => {
      const concept = findConcept(creditFrameworks, framework)
      return `${number(value)} ${creditAbbreviations[concept?.code ?? ''] ?? framework}`
    }),
  ]
  if (parts.length > 0) return parts.join(' / ')
  return award.validation ? notApplicable : undefined
}

export const notApplicable = 'not applicable'
