import { holdsPersonalNumber, type Locale } from '@mikromerit/credentials'
import type { ImportRow } from '../awards/import-item.ts'
import { errorColumns } from './award-fields.ts'
import { byteOrderMark, writeCsvRow } from './write-csv.ts'

export interface ErrorFile {
  /** The first piece of the file. */
  readonly head: string
  /** The piece for one row: what stood there, and what is wrong with it. */
  readonly row: (row: ImportRow) => string
}

/**
 * The file that whoever imported corrects and sends again: the rows that could not be taken, each as it stood, its
 * row number before it and in words what is wrong behind it. The two columns of ours are passed over when it returns.
 */
export function createErrorFile(header: readonly string[], locale: Locale): ErrorFile {
  const { row: number, errors } = errorColumns
  return {
    head: byteOrderMark + writeCsvRow([number[locale], ...header, errors[locale]]),
    row: (row) => {
      const cells = header.map((_, index) => hidePersonalNumber(row.cells[index] ?? ''))
      return writeCsvRow([String(row.row), ...cells, describe(row, header, locale)])
    },
  }
}

const describe = ({ findings }: ImportRow, header: readonly string[], locale: Locale): string =>
  findings
    .map(({ code, column, message, relatedRow }) => {
      const where = column === undefined ? '' : `${header[column - 1] ?? ''}: `
      const other = relatedRow === undefined ? '' : ` (${errorColumns.row[locale]} ${relatedRow})`
      return `${where}${message[locale]}${other} [${code}]`
    })
    .join(' ')

/** A personnummer that stood in the wrong place is not spread by the file that says so. */
const hidePersonalNumber = (cell: string): string => (holdsPersonalNumber(cell) ? '••••' : cell)
