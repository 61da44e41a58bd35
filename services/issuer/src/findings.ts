import type { Finding } from '@mikromerit/credentials'
import { Problem } from '@mikromerit/service-kit'

/**
 * Refuses what breaks a data rule (domain rules of severity error), all faults at once.
 * @throws Problem of this code, with a pointer to each fault; values are not repeated.
 */
export function refuseErrors(code: string, findings: readonly Finding[]): void {
  const errors = findings
    .filter(({ severity }) => severity === 'error')
    .map(({ pointer, message }) => ({ pointer, detail: message.en }))
  if (errors.length > 0) throw new Problem(code, { errors })
}
