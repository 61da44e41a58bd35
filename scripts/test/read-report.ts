import { readFile } from 'node:fs/promises'

/** What we read of the runner's JSON report. */
interface TestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly testResults: readonly { status: string; assertionResults: readonly unknown[] }[]
}

export interface TestCounts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** Counts the tests of a run; a file that did not even load, or a report that is not there, is a failure. */
export async function readReport(file: string): Promise<TestCounts> {
  try {
    // The runner wrote it a moment ago, in this form.
    const report = JSON.parse(await readFile(file, 'utf8')) as TestReport
    const unloaded = report.testResults.filter(
      ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
    )
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + unloaded.length,
      skipped: report.numPendingTests + report.numTodoTests,
    }
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}
