import { Compile } from 'typebox/compile'
import { expect } from 'vitest'
import type { VerificationContext } from '../src/verification/context.ts'
import { VerificationReport } from '../src/verification/report.ts'
import { verifyCredential } from '../src/verification/verify-credential.ts'
import { aContext } from './issued-credential.ts'

const validator = Compile(VerificationReport)

/** `code outcome reason` of each check, after making sure that the report has the published form. */
export async function verify(token: string, context: VerificationContext = aContext()) {
  const { report, ...rest } = await verifyCredential(token, context)
  expect([...validator.Errors(report)]).toEqual([])
  const checks = report.checks.map(
    ({ code, outcome, evidence }) => `${code} ${outcome} ${evidence?.reason}`,
  )
  return { ...rest, report, checks, outcome: report.outcome }
}
