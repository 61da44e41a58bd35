/** A cell that a spreadsheet would calculate. Never evaluated; the text is what was stored beside it. */
export interface FormulaCell {
  readonly isFormula: true
  readonly text: string
}

export type Cell = string | FormulaCell

/** One row of a table, counted as spreadsheets count: the first is 1, empty ones included. */
export interface TableRow {
  readonly row: number
  /** Line of the file, for formats that have lines. */
  readonly line?: number
  readonly cells: readonly Cell[]
  /** Day numbers count from 1904: an old habit of workbooks made on a Macintosh. */
  readonly countsFrom1904?: true
}

export interface TableLimits {
  /** Of the file, unpacked where it is packed. */
  readonly bytes: number
  readonly rows: number
  readonly columns: number
  /** Characters of one row. */
  readonly rowLength: number
}

export const tableLimits: TableLimits = {
  bytes: 256 * 1024 * 1024,
  rows: 200_000,
  columns: 200,
  rowLength: 65_536,
}

export const cellText = (cell: Cell | undefined): string =>
  typeof cell === 'object' ? cell.text : (cell ?? '')
