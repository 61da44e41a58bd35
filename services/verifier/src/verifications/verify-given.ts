import { undetermined, type VerificationReport, worstOutcome } from '@mikromerit/credentials'
import type { VerifierContext } from '../context.ts'
import type { Budget, Task, Verified } from './detector.ts'
import { detectors } from './detectors.ts'
import { describeCheck, notReadable } from './file-checks.ts'
import { type Given, toGiven } from './given.ts'
import { verificationContext } from './verification-context.ts'

/** An address that leads to an image that holds an envelope that holds a presentation: no deeper. */
const maxDepth = 4

const budgetOfRequest: Budget = { things: 100, sites: 1 }

/** Verifies whatever somebody handed in; whatever it is, the answer is a report. Nothing is stored. */
export async function verifyGiven(
  context: VerifierContext,
  input: string | object | Uint8Array,
): Promise<VerificationReport> {
  const found = await verifyAt(context, toGiven(input), {
    depth: 0,
    mayFetch: true,
    budget: { ...budgetOfRequest },
  })
  return mergeReports(found, context.clock.now())
}

interface Place {
  readonly depth: number
  readonly mayFetch: boolean
  readonly budget: Budget
}

async function verifyAt(
  context: VerifierContext,
  given: Given,
  { depth, mayFetch, budget }: Place,
): Promise<readonly Verified[]> {
  if (depth > maxDepth) return notReadable('nested_too_deep')
  budget.things--
  // Said once; what is left then is not even looked at.
  if (budget.things < 0) return budget.things === -1 ? tooMany() : []
  const task: Task = {
    context,
    verification: verificationContext(context),
    mayFetch,
    budget,
    verifyInside: (inside, changes) =>
      verifyAt(context, inside, { depth: depth + 1, mayFetch, budget, ...changes }),
  }
  const detector = detectors.find(({ recognises }) => recognises(given))
  return detector ? detector.verify(given, task) : notReadable('not_recognised')
}

const tooMany = async (): Promise<readonly Verified[]> => [
  {
    checks: await describeCheck('format', undetermined('too_many_credentials')),
    microCredentials: [],
  },
]

/** One report on everything found. With several credentials, each check says in its evidence to which it belongs. */
function mergeReports(found: readonly Verified[], now: Date): VerificationReport {
  const credentials = found.filter(({ checks }) => checks.some(({ code }) => code === 'format'))
  const checks = found.flatMap((each) => {
    const credential = credentials.indexOf(each)
    if (credentials.length < 2 || credential < 0) return each.checks
    return each.checks.map((check) => ({ ...check, evidence: { ...check.evidence, credential } }))
  })
  return {
    outcome: worstOutcome(checks),
    checks: [...checks],
    microCredentials: found.flatMap(({ microCredentials }) => microCredentials),
    verifiedAt: now.toISOString(),
  }
}
