export type Severity = 'ok' | 'warning' | 'fault'

/** One thing the doctor looked at. A finding that is not ok says what to do. */
export interface Finding {
  readonly severity: Severity
  readonly what: string
  readonly remedy?: string
}

export const ok = (what: string): Finding => ({ severity: 'ok', what })
export const warning = (what: string, remedy: string): Finding => ({
  severity: 'warning',
  what,
  remedy,
})
export const fault = (what: string, remedy: string): Finding => ({
  severity: 'fault',
  what,
  remedy,
})
