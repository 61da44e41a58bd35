/** One line of the table: a figure, what it is held against, and what it must reach. */
export interface Row {
  readonly what: string
  readonly figure: string
  readonly comparedWith: string
  readonly ratio: string
  readonly target: string
  /** Undefined: there is no target. */
  readonly isMet: boolean | undefined
}

/** Rows that belong together, with what a reader must know to understand them. */
export interface Section {
  readonly title: string
  readonly meaning: string
  readonly rows: readonly Row[]
}
