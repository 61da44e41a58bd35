import { ImportFault } from '../findings/import-fault.ts'
import type { Separator } from './find-separator.ts'
import type { TableLimits, TableRow } from './table.ts'

const quote = '"'

export interface CsvRules {
  readonly separator: Separator
  readonly limits: TableLimits
}

/** Where the scan is: text not yet handed out, and the row and line at which it begins. */
interface Scan {
  rest: string
  row: number
  line: number
}

/**
 * The records of RFC 4180 text as it arrives. The limits hold within a record, so that neither a cell without end
 * nor a row of a million separators is ever kept. Lines may end in any of the three ways.
 * @throws ImportFault
 */
export async function* readRecords(
  texts: AsyncIterable<string>,
  rules: CsvRules,
): AsyncGenerator<TableRow> {
  const scan: Scan = { rest: '', row: 1, line: 1 }
  for await (const text of texts) {
    scan.rest += text
    yield* takeRecords(scan, rules)
    if (scan.rest.length > rules.limits.rowLength)
      throw new ImportFault('IMPORT_ROW_TOO_LONG', { row: scan.row, line: scan.line })
  }
  // What ends a line makes the last record complete; a quote still open swallows it.
  scan.rest += '\n'
  yield* takeRecords(scan, rules)
  if (scan.rest !== '') throw new ImportFault('IMPORT_QUOTES', { row: scan.row, line: scan.line })
}

function* takeRecords(scan: Scan, rules: CsvRules): Generator<TableRow> {
  const { rest } = scan
  let start = 0
  for (;;) {
    const end = findRecordEnd(scan, start, rules.separator)
    const next = endOfLine(rest, end)
    if (next < 0) break
    const record = rest.slice(start, end)
    const position = { row: scan.row, line: scan.line }
    start = next
    scan.row++
    scan.line += countLines(record) + 1
    if (record === '') continue
    if (record.length > rules.limits.rowLength)
      throw new ImportFault('IMPORT_ROW_TOO_LONG', position)
    if (position.row > rules.limits.rows) throw new ImportFault('IMPORT_TOO_MANY_ROWS', position)
    yield { ...position, cells: splitRecord(record, position, rules) }
  }
  scan.rest = rest.slice(start)
}

/** Where the record that begins at `start` ends, or -1 when it goes on beyond the text. */
function findRecordEnd({ rest, row, line }: Scan, start: number, separator: Separator): number {
  let isQuoted = false
  for (let at = start; at < rest.length; at++) {
    const character = rest[at]
    if (character === quote) {
      const before = rest[at - 1]
      // A doubled quote closes and opens again; any other quote opens a cell or is out of place.
      if (!isQuoted && at > start && before !== separator && before !== quote)
        throw new ImportFault('IMPORT_QUOTES', { row, line })
      isQuoted = !isQuoted
    } else if (!isQuoted && (character === '\n' || character === '\r')) return at
  }
  return -1
}

/** Behind the end of a line; -1 when it cannot be told yet whether a line feed follows the carriage return. */
function endOfLine(text: string, end: number): number {
  if (end < 0 || text[end] === '\n') return end < 0 ? -1 : end + 1
  if (end + 1 === text.length) return -1
  return text[end + 1] === '\n' ? end + 2 : end + 1
}

function splitRecord(
  record: string,
  position: { row: number; line: number },
  { separator, limits }: CsvRules,
): string[] {
  const cells: string[] = []
  for (let at = 0; at <= record.length; ) {
    if (cells.length === limits.columns) throw new ImportFault('IMPORT_TOO_MANY_COLUMNS', position)
    if (record[at] === quote) {
      const end = findClosingQuote(record, at)
      cells.push(record.slice(at + 1, end).replaceAll('""', quote))
      at = end + 2
      if (at <= record.length && record[at - 1] !== separator)
        throw new ImportFault('IMPORT_QUOTES', position)
    } else {
      const end = record.indexOf(separator, at)
      cells.push(record.slice(at, end < 0 ? record.length : end))
      at = end < 0 ? record.length + 1 : end + 1
    }
  }
  return cells
}

/** The record's quotes are known to be even, so there is one. */
function findClosingQuote(record: string, start: number): number {
  let at = record.indexOf(quote, start + 1)
  while (record[at + 1] === quote) at = record.indexOf(quote, at + 2)
  return at
}

function countLines(text: string): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++
  return lines
}
