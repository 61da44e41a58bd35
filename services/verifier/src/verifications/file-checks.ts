import {
  type CheckCode,
  type CheckResult,
  createChecklist,
  invalid,
  type VerificationCheck,
} from '@mikromerit/credentials'
import type { Verified } from './detector.ts'

/** A check of what was handed in rather than of a credential in it, in the report's form. */
export async function describeCheck(
  code: CheckCode,
  result: CheckResult,
): Promise<VerificationCheck[]> {
  const checklist = createChecklist()
  await checklist.run(code, () => result)
  return [...checklist.checks]
}

/** What is not a credential, or not whole; `cause` names the rule that was broken. */
export const notReadable = async (cause: string, format?: string): Promise<readonly Verified[]> => [
  {
    checks: await describeCheck(
      'format',
      invalid('format_invalid', { ...(format && { format }), cause }),
    ),
    microCredentials: [],
  },
]
