import type { MicroCredential } from '../formats/micro-credential.ts'
import type { Checklist } from './checklist.ts'
import type { VerificationContext } from './context.ts'
import { type VerificationReport, worstOutcome } from './report.ts'

/** The report on one credential. */
export const conclude = (
  { checks }: Pick<Checklist, 'checks'>,
  { now, keyBinding }: Pick<VerificationContext, 'now' | 'keyBinding'>,
  content?: MicroCredential,
): VerificationReport => ({
  outcome: worstOutcome(checks),
  checks: [...checks],
  microCredentials: content && !(keyBinding && isOfSomebodyElse(checks)) ? [content] : [],
  verifiedAt: now.toISOString(),
})

/** V-15: an answer that its holder did not make is discarded: whose credential it is, is nobody's business here. */
export const isOfSomebodyElse = (checks: Checklist['checks']): boolean =>
  checks.some(({ code, outcome }) => code === 'key_binding' && outcome === 'invalid')
