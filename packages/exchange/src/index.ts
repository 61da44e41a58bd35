export type {
  AwardImportContext,
  ImportableAchievement,
  ImportFailure,
  ImportHeader,
  ImportItem,
  ImportRow,
} from './awards/import-item.ts'
export { detectFormat, type ImportFormat, importFormats } from './detect-format.ts'
export {
  type ElmoAttachment,
  type ElmoCredit,
  type ElmoDocument,
  type ElmoGradingScheme,
  type ElmoIssuer,
  type ElmoLearner,
  type ElmoLevel,
  type ElmoOpportunity,
  type ElmoRecognition,
  type ElmoReport,
  type ElmoStatus,
  elmoNamespace,
} from './elmo/elmo.ts'
export type { ElmoFile, ElmoRecord } from './elmo/elmo-record.ts'
export type { MicroCredentialExtension } from './elmo/extension/micro-credential-extension.ts'
export { extensionNamespace } from './elmo/extension/vocabulary.ts'
export {
  type HeldElmo,
  type HeldElmoExport,
  type HeldFile,
  writeHeldElmo,
} from './elmo/held/held-elmo.ts'
export { type ElmoEntry, listEntries } from './elmo/map/list-entries.ts'
export { type ElmoImportContext, readAwardElmo } from './elmo/map/read-award-elmo.ts'
export { toMicroCredential } from './elmo/map/to-micro-credential.ts'
export { type ElmoPieces, toPieces } from './elmo/map/to-pieces.ts'
export { type ElmoOptions, type ElmoRefusal, readElmo } from './elmo/read-elmo.ts'
export type { NationalIdentifierListener } from './elmo/read-learner.ts'
export { nameSealer, type Sealer, sealedBy } from './elmo/sealer.ts'
export { type ElmoExport, type WrittenElmo, writeElmo } from './elmo/write-elmo.ts'
export {
  holdsError,
  type ImportCode,
  ImportFinding,
  importFinding,
  type Position,
} from './findings/import-finding.ts'
export { readAwardJson } from './json/read-award-json.ts'
export { type JsonLimits, jsonLimits } from './json/split-json.ts'
export { type AwardFile, createAwardFile } from './tabular/award-file.ts'
export { createErrorFile, type ErrorFile } from './tabular/error-file.ts'
export { readAwardCsv, readAwardXlsx } from './tabular/read-award-table.ts'
export { type TableLimits, tableLimits } from './tabular/table.ts'
export { writeCsvTemplate } from './tabular/template.ts'
export { byteOrderMark, writeCsvRow } from './tabular/write-csv.ts'
export type { ByteSource } from './text/byte-source.ts'
export { writeXlsxTemplate } from './xlsx/write-template.ts'
export { type XmlLimits, xmlLimits } from './xml/parse-xml.ts'
export type { Trust, TrustFault } from './xml-signature/check-trust.ts'
export { signDocument } from './xml-signature/sign-document.ts'
export type { SignatureFault, SignatureOutcome } from './xml-signature/verify-signature.ts'
