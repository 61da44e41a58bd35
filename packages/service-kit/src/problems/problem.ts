/** One fault of a request's body or parameters. */
export interface ProblemFault {
  /** RFC 6901, into the body; for parameters the name after a slash. */
  readonly pointer: string
  readonly detail: string
  /** Where, when it is not the body. */
  readonly in?: 'query' | 'path' | 'header'
}

export interface ProblemOptions {
  /** For the person who must fix it. Never repeats a value that was received. */
  readonly detail?: string
  readonly errors?: readonly ProblemFault[]
  readonly headers?: Readonly<Record<string, string>>
  /** For the log only. */
  readonly cause?: unknown
}

/** A refusal on our own API (RFC 9457). Status, title and remedy come from the service's table of problems. */
export class Problem extends Error {
  readonly code: string
  readonly detail: string | undefined
  readonly errors: readonly ProblemFault[] | undefined
  readonly headers: Readonly<Record<string, string>>

  constructor(code: string, { detail, errors, headers = {}, cause }: ProblemOptions = {}) {
    super(code, { cause })
    this.name = 'Problem'
    this.code = code
    this.detail = detail
    this.errors = errors
    this.headers = headers
  }
}

export interface ProblemDefinition {
  readonly status: number
  readonly title: string
  /** What to do about it. */
  readonly remedy: string
}

/** Code → status, title, remedy. The code is the last part of the problem's `type` and never changes. */
export type ProblemTable = Readonly<Record<string, ProblemDefinition>>

/** Names a service's problems, keeping their codes as types. */
export const defineProblems = <const Table extends ProblemTable>(table: Table): Table => table
