import { type ImportFinding, importFinding } from '../findings/import-finding.ts'
import { type AwardField, findField, neededFields } from './award-fields.ts'
import { cellText, type TableRow } from './table.ts'

export interface Columns {
  /** Position in the row, counted from 0. */
  readonly fields: ReadonlyMap<AwardField, number>
  /** How many columns have a header, the last one's position included. */
  readonly width: number
  readonly findings: readonly ImportFinding[]
}

/** What the columns of a table mean, and what is wrong with them. */
export function readHeader({ row, line, cells }: TableRow): Columns {
  const fields = new Map<AwardField, number>()
  const findings: ImportFinding[] = []
  const place = { row, ...(line !== undefined && { line }) }
  for (const [index, cell] of cells.entries()) {
    const header = cellText(cell).trim()
    if (header === '') continue
    const position = { ...place, column: index + 1 }
    const field = findField(header)
    if (field === 'ignored') continue
    if (field === undefined) findings.push(importFinding('IMPORT_COLUMN_UNKNOWN', position))
    // Refused before anything is kept: a stored upload would be a register of them.
    else if (field === 'personalNumber')
      findings.push(importFinding('PERSONNUMMER_IN_TEXT', position))
    else if (fields.has(field))
      findings.push(importFinding('IMPORT_COLUMN_REPEATED', { ...position, field }))
    else fields.set(field, index)
  }
  for (const field of neededFields) {
    if (!fields.has(field))
      findings.push(importFinding('IMPORT_COLUMN_MISSING', { ...place, field }))
  }
  const width = cells.findLastIndex((cell) => cellText(cell).trim() !== '') + 1
  return { fields, width, findings }
}
