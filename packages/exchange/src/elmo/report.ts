import { type ImportCode, type ImportFinding, importFinding } from '../findings/import-finding.ts'
import { pathOf, type XmlElement } from '../xml/element.ts'

export interface Place {
  readonly line: number
  readonly path: string
}

/** Says that an element is wrong, or lacks something. */
export type Report = (code: ImportCode, where: XmlElement | Place) => void

/** More would tell nobody anything, and a hostile file could ask for millions. */
const mostFindings = 200

/** Collects findings with their lines and paths. */
export function createReport(): { report: Report; findings: ImportFinding[] } {
  const findings: ImportFinding[] = []
  const report: Report = (code, where) => {
    if (findings.length >= mostFindings) return
    const path = 'path' in where ? where.path : pathOf(where)
    findings.push(importFinding(code, { line: where.line, path: path.slice(0, 2000) }))
  }
  return { report, findings }
}
