/** Rows that no test shows, and why not. A row that gains a test leaves this list. */
export const notMet: Readonly<Record<string, string>> = {}
