import { type VerificationReport, verifyCredential } from '@mikromerit/credentials'
import type { VerifierContext } from '../context.ts'
import { verificationContext } from './verification-context.ts'

/** Verifies what somebody pasted; whatever it is, the answer is a report. */
export async function verifyPasted(
  context: VerifierContext,
  credential: string | object,
): Promise<VerificationReport> {
  // The formats that are JSON objects are not read yet: as text they fail the check of the form.
  const token = typeof credential === 'string' ? credential.trim() : JSON.stringify(credential)
  const { report } = await verifyCredential(token, verificationContext(context))
  return report
}
