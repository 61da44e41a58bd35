import { ImportFault } from '../findings/import-fault.ts'
import { type Cell, cellText, type TableLimits, type TableRow } from '../tabular/table.ts'
import { dayOfNumber } from './day-numbers.ts'
import { openWorkbook, type Workbook } from './open-workbook.ts'
import { readEvents, type XmlEvent } from './xml-events.ts'

const greatestRow = 1_048_576

/**
 * The rows of the first visible sheet of an XLSX workbook, as they are unpacked. Formulas are never evaluated: the cell
 * says that it is one. Dates come out as `YYYY-MM-DD`, numbers as plain decimals.
 * @throws ImportFault where the file can no longer be read
 */
export async function* readXlsx(bytes: Uint8Array, limits: TableLimits): AsyncGenerator<TableRow> {
  const workbook = await openWorkbook(bytes, limits.bytes)
  const sheet = createSheetScan(workbook, limits)
  for await (const batch of readEvents(workbook.sheet)) {
    for (const event of batch) {
      const row = sheet(event)
      if (row) yield row
    }
  }
}

interface OpenCell {
  readonly column: number
  readonly type: string
  readonly style: number
  value: string
  isFormula: boolean
}

/** Takes the events of a sheet and gives a row at the end of each that holds something. */
function createSheetScan(workbook: Workbook, limits: TableLimits) {
  let row = 0
  let cells: Cell[] = []
  let cell: OpenCell | undefined
  let length = 0
  let isValue = false

  const open = (name: string, attributes: Readonly<Record<string, string>>) => {
    if (name === 'row') {
      row = nextRow(row, attributes.r, limits)
      cells = []
      length = 0
    } else if (name === 'c') cell = openCell(attributes, cells.length, { row, limits })
    else if (name === 'f' && cell) cell.isFormula = true
    else if (name === 'v' || name === 't') isValue = true
    else if (name === 'rPh') isValue = false
  }
  const close = (name: string): TableRow | undefined => {
    if (name === 'v' || name === 't') isValue = false
    if (name === 'c' && cell) {
      const value = toCell(cell, workbook)
      length += cellText(value).length
      if (length > limits.rowLength) throw new ImportFault('IMPORT_ROW_TOO_LONG', { row })
      while (cells.length < cell.column) cells.push('')
      cells[cell.column] = value
      cell = undefined
    }
    if (name !== 'row' || cells.every((value) => value === '')) return undefined
    return { row, cells, ...(workbook.countsFrom1904 && { countsFrom1904: true }) }
  }
  return (event: XmlEvent): TableRow | undefined => {
    if (event.kind === 'open') open(event.name, event.attributes)
    else if (event.kind === 'close') return close(event.name)
    else if (cell && isValue) appendText(cell, event.text, { row, limits })
    return undefined
  }
}

function nextRow(before: number, stated: string | undefined, limits: TableLimits): number {
  const row = stated === undefined ? before + 1 : Number(stated)
  if (!Number.isInteger(row) || row <= before || row > greatestRow)
    throw new ImportFault('IMPORT_FORMAT')
  if (row > limits.rows) throw new ImportFault('IMPORT_TOO_MANY_ROWS', { row })
  return row
}

function openCell(
  { r, t = 'n', s = '' }: Readonly<Record<string, string>>,
  nextColumn: number,
  { row, limits }: { row: number; limits: TableLimits },
): OpenCell {
  const column = r === undefined ? nextColumn : columnOf(r)
  if (column === undefined || column < nextColumn) throw new ImportFault('IMPORT_FORMAT', { row })
  if (column >= limits.columns) throw new ImportFault('IMPORT_TOO_MANY_COLUMNS', { row })
  return { column, type: t, style: Number(s), value: '', isFormula: false }
}

/** Comments can part a text into pieces without end. */
function appendText(
  cell: OpenCell,
  text: string,
  { row, limits }: { row: number; limits: TableLimits },
): void {
  cell.value += text
  if (cell.value.length > limits.rowLength) throw new ImportFault('IMPORT_ROW_TOO_LONG', { row })
}

/** `C7` is column 2, counted from 0. */
function columnOf(reference: string): number | undefined {
  const letters = /^([A-Z]{1,3})\d+$/.exec(reference)?.[1]
  if (!letters) return undefined
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

/** ECMA-376 part 1, 18.18.11: what a cell's type makes of its value. */
function toCell({ type, style, value, isFormula }: OpenCell, workbook: Workbook): Cell {
  const text = toText(type, value, style, workbook)
  // An error is what a formula gave.
  return isFormula || type === 'e' ? { isFormula: true, text } : text
}

function toText(type: string, value: string, style: number, workbook: Workbook): string {
  if (type === 's') return workbook.sharedStrings[Number(value)] ?? ''
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE'
  if (type !== 'n' || value.trim() === '') return value
  const number = Number(value)
  if (!Number.isFinite(number)) return value
  const day = workbook.dayStyles.has(style)
    ? dayOfNumber(number, workbook.countsFrom1904)
    : undefined
  return day ?? String(number)
}
