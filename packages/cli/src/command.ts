export interface Command {
  readonly name: string
  /** The line after `mikromerit`. */
  readonly usage: string
  readonly summary: string
  /** @returns the exit code. @throws UsageError when the words are off. */
  readonly run: (args: string[]) => Promise<number>
}
