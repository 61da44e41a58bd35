import { findFieldOfEducation, isDay } from '@mikromerit/credentials'
import { dayOfNumber, greatestDayNumber } from '../xlsx/day-numbers.ts'

/** Most cells are tidy already: ASCII, with single spaces between words. */
const isTidy = /^[!-~]*(?: [!-~]+)*$/

/** Text as people mean it: composed, without space around, with one kind of space inside. */
export const tidyText = (text: string): string =>
  isTidy.test(text)
    ? text
    : text
        .normalize('NFC')
        .replace(/[\s\u00a0\u2007\u202f]+/gu, ' ')
        .trim()

/**
 * A day as spreadsheets and registers write it: `2026-06-05`, `20260605`, with a time behind it, or the day
 * number of a spreadsheet that lost its format. Undefined when it is none, or could be two.
 */
export function readDay(text: string, countsFrom1904 = false): string | undefined {
  const [, year, month, day] =
    /^(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text) ??
    []
  if (year !== undefined) {
    const written = `${year}-${month}-${day}`
    return isDay(written) ? written : undefined
  }
  // Five to seven digits: fewer would be a year, eight are a day written together.
  if (!/^\d{5,7}(?:[.,]\d+)?$/.test(text)) return undefined
  const number = Number(text.replace(',', '.'))
  return number <= greatestDayNumber ? dayOfNumber(number, countsFrom1904) : undefined
}

/** A number in Swedish or English notation: `7,5`, `7.5`, `1 234,5`, `1,234.5`. */
export function readNumber(text: string): number | undefined {
  const compact = text.replace(/(?<=\d)[ '’](?=\d{3}(?!\d))/g, '')
  const plain = /^[-+]?\d{1,15}(?:[.,]\d{1,10})?$/.test(compact)
    ? compact.replace(',', '.')
    : readGrouped(compact)
  const number = Number(plain)
  return plain !== undefined && Number.isFinite(number) ? number : undefined
}

/** With groups of thousands, the last mark that differs from the others is the decimal one. */
function readGrouped(text: string): string | undefined {
  if (/^[-+]?\d{1,3}(?:\.\d{3})+,\d{1,10}$/.test(text))
    return text.replaceAll('.', '').replace(',', '.')
  if (/^[-+]?\d{1,3}(?:,\d{3})+\.\d{1,10}$/.test(text)) return text.replaceAll(',', '')
  return undefined
}

export interface FieldOfEducation {
  readonly code: string
  readonly isZeroLost: boolean
}

/** An ISCED-F code, also when a spreadsheet took its leading zero: `688` for `0688` (domain.md section 9). */
export function readFieldOfEducation(text: string): FieldOfEducation | undefined {
  const field = findFieldOfEducation(text)
  if (field) return { code: field.code, isZeroLost: false }
  const restored = /^\d{1,3}$/.test(text) ? findFieldOfEducation(`0${text}`) : undefined
  return restored && { code: restored.code, isZeroLost: true }
}
