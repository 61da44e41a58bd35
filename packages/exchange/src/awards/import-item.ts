import type { AchievementContent, AwardDraft } from '@mikromerit/credentials'
import type { ImportFinding } from '../findings/import-finding.ts'

/** A published definition that a file may award. */
export interface ImportableAchievement {
  readonly id: string
  readonly content: AchievementContent
}

export interface AwardImportContext {
  /**
   * The definition a row means, by what the file calls it: its id, or a code of the register. Without a code
   * it is the one the whole file is about. Undefined when there is none that may be awarded.
   */
  readonly findAchievement: (
    code: string | undefined,
  ) => ImportableAchievement | undefined | Promise<ImportableAchievement | undefined>
  /** The day in Sweden, `YYYY-MM-DD`. */
  readonly today: string
}

/** The columns of a table, and what is wrong with them. With an error, no rows follow. */
export interface ImportHeader {
  readonly kind: 'header'
  readonly cells: readonly string[]
  readonly findings: readonly ImportFinding[]
}

/** One row: an award to be made, or why it cannot be. */
export interface ImportRow {
  readonly kind: 'row'
  readonly row: number
  readonly line?: number
  /** Valid by the schema and by the rules on awards. Absent when there is nothing to award, and the findings say why. */
  readonly draft?: AwardDraft
  readonly findings: readonly ImportFinding[]
  /** The row as it stands in the file, for the error file. */
  readonly cells: readonly string[]
}

/** The file can no longer be read. Nothing follows; the rows before it stand. */
export interface ImportFailure {
  readonly kind: 'failed'
  readonly finding: ImportFinding
}

export type ImportItem = ImportHeader | ImportRow | ImportFailure
