export type {
  AwardImportContext,
  ImportableAchievement,
  ImportFailure,
  ImportHeader,
  ImportItem,
  ImportRow,
} from './awards/import-item.ts'
export {
  holdsError,
  type ImportCode,
  ImportFinding,
  importFinding,
  type Position,
} from './findings/import-finding.ts'
export { readAwardJson } from './json/read-award-json.ts'
export { type JsonLimits, jsonLimits } from './json/split-json.ts'
export { createErrorFile, type ErrorFile } from './tabular/error-file.ts'
export { readAwardCsv, readAwardXlsx } from './tabular/read-award-table.ts'
export { type TableLimits, tableLimits } from './tabular/table.ts'
export { writeCsvTemplate } from './tabular/template.ts'
export { byteOrderMark, writeCsvRow } from './tabular/write-csv.ts'
export type { ByteSource } from './text/byte-source.ts'
export { writeXlsxTemplate } from './xlsx/write-template.ts'
