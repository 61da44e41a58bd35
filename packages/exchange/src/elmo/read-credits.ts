import { creditFrameworks, findConcept } from '@mikromerit/credentials'
import { children, firstChild, tokenOf, type XmlElement } from '../xml/element.ts'
import type { ElmoCredit, ElmoLevel, ElmoOpportunity } from './elmo.ts'
import { readDecimal, readToken } from './read-values.ts'
import type { Report } from './report.ts'

/** Credits by system. ELMO knows `ects` alone, in any case; those of ours by code or URI, others as written. */
export const readCredits = (instance: XmlElement, report: Report): ElmoCredit[] =>
  children(instance, 'credit').flatMap((credit) => {
    const scheme = readToken(credit, 'scheme')
    const written = firstChild(credit, 'value')
    if (scheme === undefined || written === undefined) return []
    const value = readDecimal(written)
    // No credits are given for some parts, and said so.
    if (value === 0) return []
    if (value === undefined || value < 0) {
      report('CREDIT_VALUE_INVALID', written)
      return []
    }
    const concept =
      findConcept(creditFrameworks, scheme) ?? findConcept(creditFrameworks, scheme.toLowerCase())
    return [{ framework: concept?.uri ?? scheme, value }]
  })

/** Levels by framework: EQF, and national ones by the name in their description. */
export const readLevels = (instance: XmlElement, report: Report): ElmoLevel[] =>
  children(instance, 'level').flatMap((element) => {
    const type = readToken(element, 'type')
    const value = firstChild(element, 'value')
    if (type === undefined || tokenOf(value) === undefined || !value) return []
    const level = Number(/^(?:[A-Za-z ]*[ -])?(\d{1,2})$/.exec(tokenOf(value) ?? '')?.[1])
    if (Number.isInteger(level)) return [{ framework: frameworkOf(type, element), level }]
    report('LEVEL_OUT_OF_RANGE', value)
    return []
  })

function frameworkOf(type: string, element: XmlElement): string {
  const name = type.toUpperCase() === 'NQF' ? (readToken(element, 'description') ?? type) : type
  if (/^eqf$/i.test(name)) return 'EQF'
  return /seqf/i.test(name) ? 'SeQF' : name.slice(0, 40)
}

const ects = findConcept(creditFrameworks, 'ects')?.uri

/** ELMO forbids ECTS credits both on a node and below it: they would be added up twice. */
export function findDoubleCredits(
  opportunities: readonly ElmoOpportunity[],
  hasCreditsAbove = false,
): ElmoOpportunity[] {
  return opportunities.flatMap((opportunity) => {
    const hasCredits = opportunity.credits.some(({ framework }) => framework === ects)
    const below = findDoubleCredits(opportunity.parts, hasCreditsAbove || hasCredits)
    return hasCredits && hasCreditsAbove ? [opportunity, ...below] : below
  })
}
