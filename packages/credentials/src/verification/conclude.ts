import type { MicroCredential } from '../formats/micro-credential.ts'
import type { Checklist } from './checklist.ts'
import type { VerificationContext } from './context.ts'
import { type VerificationCheck, type VerificationReport, worstOutcome } from './report.ts'

/** The report on one credential. */
export const conclude = (
  { checks }: Pick<Checklist, 'checks'>,
  { now, keyBinding }: Pick<VerificationContext, 'now' | 'keyBinding'>,
  content?: MicroCredential,
): VerificationReport => ({
  outcome: worstOutcome(checks),
  checks: checks.map((check) => nameCredential(check, content)),
  microCredentials: content && !(keyBinding && isOfSomebodyElse(checks)) ? [content] : [],
  verifiedAt: now.toISOString(),
})

/** Which credential was read, so that of several in one report each can be told from the others. */
const nameCredential = (check: VerificationCheck, content: MicroCredential | undefined) =>
  check.code === 'content' && content?.credentialDigest !== undefined
    ? { ...check, evidence: { ...check.evidence, credential_digest: content.credentialDigest } }
    : check

/** V-15: an answer that its holder did not make is discarded: whose credential it is, is nobody's business here. */
export const isOfSomebodyElse = (checks: Checklist['checks']): boolean =>
  checks.some(({ code, outcome }) => code === 'key_binding' && outcome === 'invalid')
