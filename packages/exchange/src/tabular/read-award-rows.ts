import { createDuplicateFinder } from '../awards/find-duplicates.ts'
import type { AwardImportContext, ImportItem, ImportRow } from '../awards/import-item.ts'
import { ImportFault } from '../findings/import-fault.ts'
import { holdsError, type ImportFinding, importFinding } from '../findings/import-finding.ts'
import { fieldAt } from './award-fields.ts'
import { draftAward } from './draft-award.ts'
import { isRemark } from './find-separator.ts'
import { type Columns, readHeader } from './read-header.ts'
import { type Cell, cellText, type TableRow } from './table.ts'

/**
 * Awards out of a table: the header, then each row as an award to be made or with what is wrong with it, at last
 * why the file ended early if it did. Constant memory, but for a number per row that finds duplicates.
 */
export async function* readAwardRows(
  rows: AsyncIterable<TableRow>,
  context: AwardImportContext,
): AsyncGenerator<ImportItem> {
  let columns: Columns | undefined
  let isEmpty = true
  const findDuplicates = createDuplicateFinder()
  try {
    for await (const row of rows) {
      if (isRemarkRow(row) || row.cells.every(isBlank)) continue
      if (!columns) {
        columns = readHeader(row)
        yield { kind: 'header', cells: row.cells.map(cellText), findings: columns.findings }
        if (holdsError(columns.findings)) return
        continue
      }
      isEmpty = false
      yield await readRow(row, { columns, context, findDuplicates })
    }
    if (isEmpty) yield { kind: 'failed', finding: importFinding('IMPORT_EMPTY') }
  } catch (error) {
    if (!(error instanceof ImportFault)) throw error
    yield { kind: 'failed', finding: error.finding }
  }
}

/** The error that a formula gave begins with the same sign, and is no remark. */
const isRemarkRow = ({ cells: [first] }: TableRow): boolean =>
  typeof first === 'string' && isRemark(first)

/** A formula is something, also where nothing was stored beside it. */
const isBlank = (cell: Cell): boolean => typeof cell === 'string' && cell.trim() === ''

interface RowReading {
  readonly columns: Columns
  readonly context: AwardImportContext
  readonly findDuplicates: ReturnType<typeof createDuplicateFinder>
}

async function readRow(row: TableRow, reading: RowReading): Promise<ImportRow> {
  const { columns, context, findDuplicates } = reading
  const { draft, findings } = await draftAward(row, columns, context)
  const duplicates = draft ? findDuplicates(draft, row.row) : []
  const all = [...findings, ...duplicates, ...findStray(row, columns)].map((found) =>
    locate(found, row, columns),
  )
  const position = { row: row.row, ...(row.line !== undefined && { line: row.line }) }
  return {
    kind: 'row',
    ...position,
    ...(draft && !holdsError(all) && { draft }),
    findings: all,
    cells: row.cells.map(cellText),
  }
}

/** A cell behind the last column: the row has slipped, and what stands in its other cells is anybody's guess. */
function findStray({ cells }: TableRow, { width }: Columns): ImportFinding[] {
  const stray = cells.findIndex((cell, index) => index >= width && !isBlank(cell))
  return stray < 0 ? [] : [importFinding('IMPORT_CELL_WITHOUT_COLUMN', { column: stray + 1 })]
}

/** Rules speak of members of the award; whoever mends a table looks for a row and a column. */
function locate(found: ImportFinding, { row, line }: TableRow, { fields }: Columns): ImportFinding {
  const field = found.field?.startsWith('/') ? fieldAt(found.field) : found.field
  const { field: _, ...rest } = found
  const column = [...fields].find(([name]) => name === field)?.[1]
  return {
    ...rest,
    row,
    ...(line !== undefined && { line }),
    ...(field !== undefined && { field }),
    ...(column !== undefined && { column: column + 1 }),
  }
}
