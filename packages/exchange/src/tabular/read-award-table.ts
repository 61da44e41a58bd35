import type { AwardImportContext, ImportItem } from '../awards/import-item.ts'
import type { ByteSource } from '../text/byte-source.ts'
import { readXlsx } from '../xlsx/read-xlsx.ts'
import { readAwardRows } from './read-award-rows.ts'
import { readCsv } from './read-csv.ts'
import { type TableLimits, tableLimits } from './table.ts'

/** Awards out of a CSV file, as it arrives. Never throws on what a stranger wrote. */
export const readAwardCsv = (
  source: ByteSource,
  context: AwardImportContext,
  limits: Partial<TableLimits> = {},
): AsyncGenerator<ImportItem> =>
  readAwardRows(readCsv(source, { ...tableLimits, ...limits }), context)

/** Awards out of an XLSX workbook, as it is unpacked. Its directory stands last, so the file is at hand whole. */
export const readAwardXlsx = (
  workbook: Uint8Array,
  context: AwardImportContext,
  limits: Partial<TableLimits> = {},
): AsyncGenerator<ImportItem> =>
  readAwardRows(readXlsx(workbook, { ...tableLimits, ...limits }), context)
