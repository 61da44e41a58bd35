import { isCountryCode } from '../code-lists/countries.ts'
import { isDay } from './dates.ts'
import type { Finding } from './finding.ts'
import { type FindingCode, finding } from './finding-messages.ts'
import { findOrganisationNumberFault, holdsPersonalNumber } from './swedish-numbers.ts'

type Path = readonly (string | number)[]

/**
 * Rules that hold for every text of a definition, an award or an organisation, wherever it stands: no
 * personnummer, no blank text, no markup, sound URIs, days, country codes and organisation numbers.
 */
export function checkTexts(value: unknown, path: Path = []): Finding[] {
  if (typeof value === 'string') return checkText(value, path).map((code) => finding(code, ...path))
  if (typeof value !== 'object' || value === null) return []
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return [
    ...checkIdentifier(value, path),
    ...entries.flatMap(([name, member]) => checkTexts(member, [...path, name])),
  ]
}

function checkText(text: string, path: Path): FindingCode[] {
  const codes: FindingCode[] = []
  if (text.trim() === '') codes.push('LANG_TEXT_EMPTY')
  // RFC 7493 2.1; a null character is none of XML or of a database either.
  if (!text.isWellFormed() || text.includes('\0')) codes.push('TEXT_UNWRITABLE')
  if (holdsPersonalNumber(text)) codes.push('PERSONNUMMER_IN_TEXT')
  if (/<\/?[a-z][^>]*>/i.test(text)) codes.push('TEXT_MARKUP')
  if (/^https?:/.test(text) && !URL.canParse(text)) codes.push('URI_INVALID')
  const name = path.at(-1)
  if (name === 'country' && !isCountryCode(text)) codes.push('COUNTRY_INVALID')
  if (isDayMember(name) && !isDay(text)) codes.push('DATE_INVALID')
  return codes
}

const dayMembers: ReadonlySet<unknown> = new Set([
  'awardedOn',
  'assessedOn',
  'birthDate',
  'decidedOn',
  'doneOn',
  'end',
  'expiresOn',
  'from',
  'start',
  'until',
  'validUntil',
])

const isDayMember = (name: unknown) => dayMembers.has(name)

function checkIdentifier(value: object, path: Path): Finding[] {
  const { scheme, value: number } = value as { scheme?: unknown; value?: unknown }
  if (scheme !== 'organisationsnummer' || typeof number !== 'string') return []
  const fault = findOrganisationNumberFault(number)
  if (!fault) return []
  return [finding(fault === 'person' ? 'ORGNR_IS_PERSON' : 'ORGNR_INVALID', ...path, 'value')]
}
