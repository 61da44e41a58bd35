import {
  checkReportedComponents,
  type VerificationReport,
  worstOutcome,
} from '@mikromerit/credentials'
import type { VerifierContext } from '../context.ts'
import { openBudget, spendOn } from './budget.ts'
import type { Budget, Task, Verified } from './detector.ts'
import { detectors } from './detectors.ts'
import { notReadable } from './file-checks.ts'
import { type Given, toGiven } from './given.ts'
import type { Upload } from './read-upload.ts'
import { verificationContext } from './verification-context.ts'

/** An address that leads to an image that holds an envelope that holds a presentation: no deeper. */
const maxDepth = 4

/** Verifies whatever somebody handed in; whatever it is, the answer is a report. Nothing is stored. */
export async function verifyGiven(
  context: VerifierContext,
  { given, recipient }: Upload,
): Promise<VerificationReport> {
  const asked = recipient === undefined ? {} : { recipient }
  const verification = { ...verificationContext(context), ...asked }
  const found = await verifyAt({ context, verification }, toGiven(given), {
    depth: 0,
    mayFetch: true,
    budget: openBudget(),
  })
  return mergeReports(found, context.clock.now())
}

interface Place {
  readonly depth: number
  readonly mayFetch: boolean
  readonly budget: Budget
}

async function verifyAt(
  work: Pick<Task, 'context' | 'verification'>,
  given: Given,
  { depth, mayFetch, budget }: Place,
): Promise<readonly Verified[]> {
  if (depth > maxDepth) return notReadable('nested_too_deep')
  const task: Task = {
    ...work,
    mayFetch,
    budget,
    verifyInside: (inside, changes) =>
      verifyAt(work, inside, { depth: depth + 1, mayFetch, budget, ...changes }),
  }
  return spendOn(task, async () => {
    const detector = detectors.find(({ recognises }) => recognises(given))
    return detector ? detector.verify(given, task) : notReadable('not_recognised')
  })
}

/** One report on everything found. With several credentials, each check says in its evidence to which it belongs. */
function mergeReports(found: readonly Verified[], now: Date): VerificationReport {
  const credentials = found.filter(({ checks }) => checks.some(({ code }) => code === 'format'))
  const checks = found.flatMap((each) => {
    const credential = credentials.indexOf(each)
    if (credentials.length < 2 || credential < 0) return each.checks
    return each.checks.map((check) => ({ ...check, evidence: { ...check.evidence, credential } }))
  })
  return checkReportedComponents({
    outcome: worstOutcome(checks),
    checks: [...checks],
    microCredentials: found.flatMap(({ microCredentials }) => microCredentials),
    verifiedAt: now.toISOString(),
  })
}
