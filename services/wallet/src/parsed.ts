/** A result of pure code; `detail` says what is wrong and never repeats what was received. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; detail: string }
