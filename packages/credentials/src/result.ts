/** An expected outcome of pure code. `detail` is for people and never holds a claim's value. */
export type Result<T, Code extends string = string> =
  | { readonly ok: true; readonly value: T }
  | Refusal<Code>

export interface Refusal<Code extends string = string> {
  readonly ok: false
  readonly code: Code
  readonly detail: string
}

export const accept = <T>(value: T): { readonly ok: true; readonly value: T } => ({
  ok: true,
  value,
})

export const refuse = <Code extends string>(code: Code, detail: string): Refusal<Code> => ({
  ok: false,
  code,
  detail,
})
