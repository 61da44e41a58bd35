import {
  type ImportCode,
  type ImportFinding,
  importFinding,
  type Position,
} from './import-finding.ts'

/** Ends the reading of a file inside this package; the readers hand it out as a finding, never throw it. */
export class ImportFault extends Error {
  readonly finding: ImportFinding

  constructor(code: ImportCode, position: Position = {}) {
    super(code)
    this.finding = importFinding(code, position)
  }
}
