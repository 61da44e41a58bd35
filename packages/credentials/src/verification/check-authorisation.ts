import type { MicroCredential } from '../formats/micro-credential.ts'
import { type CheckResult, invalid, undetermined, valid } from './checklist.ts'
import type { VerificationContext } from './context.ts'

/** Asks the trust registry whether this issuer may award this (V-30). */
export async function checkAuthorisation(
  issuer: string | undefined,
  microCredential: MicroCredential,
  context: VerificationContext,
): Promise<CheckResult<undefined>> {
  if (issuer === undefined) return undetermined('issuer_authorisation_unknown')
  const { type: vct } = microCredential
  const answer = await context.authorise?.({ issuer, vct, microCredential, at: context.now })
  if (!answer) return undetermined('check_failed')
  const evidence = { ...answer.evidence, ...(answer.code && { reason: answer.code }) }
  if (answer.outcome === 'valid') return valid('issuer_authorised', { evidence })
  if (answer.outcome === 'invalid') return invalid('issuer_not_authorised', evidence)
  if (answer.outcome === 'undetermined')
    return undetermined('issuer_authorisation_unknown', evidence)
  return undetermined('check_failed')
}
