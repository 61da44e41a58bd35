import { undetermined } from '@mikromerit/credentials'
import type { Budget, Task, Verified } from './detector.ts'
import { describeCheck } from './file-checks.ts'

export const openBudget = (): Budget => ({ things: 100, sites: 1 })

/** Verifies one more thing, or says that this is more than is verified at once; what is left then is not even looked at. */
export async function spendOn(
  { budget }: Pick<Task, 'budget'>,
  verify: () => Promise<readonly Verified[]>,
): Promise<readonly Verified[]> {
  budget.things--
  if (budget.things >= 0) return verify()
  return budget.things === -1 ? tooMany() : []
}

const tooMany = async (): Promise<readonly Verified[]> => [
  {
    checks: await describeCheck('format', undetermined('too_many_credentials')),
    microCredentials: [],
  },
]
