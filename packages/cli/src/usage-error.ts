/** The command line was not understood; the message says which word, and how it should be. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
