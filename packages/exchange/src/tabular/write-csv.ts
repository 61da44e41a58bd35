import type { Separator } from './find-separator.ts'
import { readNumber } from './read-values.ts'

/** What spreadsheets take for the start of a formula (S-31), the wide forms of East Asian keyboards included. */
const formulaStart = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r]/

/**
 * One row of a CSV file that people open in a spreadsheet. A text that would be taken for a formula gets an
 * apostrophe in front, which spreadsheets read as "this is text".
 */
export const writeCsvRow = (cells: readonly string[], separator: Separator = ';'): string =>
  `${cells.map((cell) => quoteCell(neutralise(cell), separator)).join(separator)}\r\n`

const neutralise = (text: string): string =>
  formulaStart.test(text) && readNumber(text) === undefined ? `'${text}` : text

const quoteCell = (text: string, separator: Separator): string =>
  /["\r\n]|^\s|\s$/.test(text) || text.includes(separator)
    ? `"${text.replaceAll('"', '""')}"`
    : text

/** Spreadsheets take a file for UTF-8 only when it says so. */
export const byteOrderMark = '\ufeff'
