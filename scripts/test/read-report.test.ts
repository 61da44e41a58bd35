import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readReport } from './read-report.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mikromerit-report-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const counts = { numPassedTests: 7, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 }

async function read(report: unknown) {
  const file = join(folder, 'report.json')
  await writeFile(file, JSON.stringify(report))
  return readReport(file)
}

it('counts passed, failed and skipped tests', async () => {
  const testResults = [{ status: 'failed', assertionResults: [{}] }]
  expect(await read({ ...counts, testResults })).toEqual({ passed: 7, failed: 1, skipped: 3 })
})

it('counts a file that did not load as a failure', async () => {
  const testResults = [{ status: 'failed', assertionResults: [] }]
  expect(await read({ ...counts, testResults })).toEqual({ passed: 7, failed: 2, skipped: 3 })
})

it('takes a run without a report for a failed one', async () => {
  expect(await readReport(join(folder, 'nothing.json'))).toMatchObject({ failed: 1 })
})
