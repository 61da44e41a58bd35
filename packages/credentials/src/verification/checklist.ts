import { checkTitles, explain, type Reason } from './messages.ts'
import { type CheckCode, type Outcome, outcomes, type VerificationCheck } from './report.ts'

/** What a check found, and what later checks may build on. */
export interface CheckResult<T = undefined> {
  readonly outcome: Outcome
  readonly reason: Reason
  readonly evidence?: Readonly<Record<string, unknown>>
  readonly value?: T
}

export const valid = <T = undefined>(
  reason: Reason,
  more: Omit<CheckResult<T>, 'outcome' | 'reason'> = {},
): CheckResult<T> => ({ outcome: 'valid', reason, ...more })

export const invalid = (
  reason: Reason,
  evidence: Readonly<Record<string, unknown>> = {},
): CheckResult<never> => ({ outcome: 'invalid', reason, evidence })

export const undetermined = (
  reason: Reason,
  evidence: Readonly<Record<string, unknown>> = {},
): CheckResult<never> => ({ outcome: 'undetermined', reason, evidence })

export interface Checklist {
  readonly checks: readonly VerificationCheck[]
  /** Carries a check out and writes it down. Answers its value; nothing when it failed to answer properly. */
  run<T>(
    code: CheckCode,
    check: () => CheckResult<T> | Promise<CheckResult<T>>,
  ): Promise<T | undefined>
  /** Adds to the evidence of the last check. */
  note(evidence: Readonly<Record<string, unknown>>): void
  /** From now on nothing counts as valid: what it would rest on is not established. */
  distrust(): void
}

/**
 * Keeps the checks in order. It never fails open (design.md section 1): a check that throws, or answers
 * with anything but an outcome, is undetermined.
 */
export function createChecklist(): Checklist {
  const checks: VerificationCheck[] = []
  let isTrusted = true
  return {
    checks,
    note: (evidence) => {
      const last = checks.pop()
      if (last) checks.push({ ...last, evidence: { ...last.evidence, ...evidence } })
    },
    distrust: () => {
      isTrusted = false
    },
    run: async (code, check) => {
      const result = await attempt(check)
      const capped = result.outcome === 'valid' && !isTrusted
      checks.push(describeCheck(code, capped ? undetermined('signature_not_checked') : result))
      return result.value
    },
  }
}

async function attempt<T>(
  check: () => CheckResult<T> | Promise<CheckResult<T>>,
): Promise<CheckResult<T>> {
  try {
    const result = await check()
    return outcomes.includes(result.outcome) ? result : undetermined('check_failed')
  } catch {
    // The exception's text may quote the credential: it goes nowhere.
    return undetermined('check_failed')
  }
}

function describeCheck(
  code: CheckCode,
  { outcome, reason, evidence }: CheckResult<unknown>,
): VerificationCheck {
  const { detail, remedy } = explain(reason)
  return {
    code,
    outcome,
    title: checkTitles[code],
    detail,
    ...(remedy && { remedy }),
    evidence: { reason, ...evidence },
  }
}
