// Everything that must hold before a change may land. The closing line sums the runner's own report.
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const bin = (name: string) => join(import.meta.dirname, '../node_modules/.bin', name)

const checks: readonly [name: string, command: string, ...args: string[]][] = [
  ['lint and format', bin('biome'), 'ci', '--colors=off', '.'],
  ['types', bin('turbo'), 'run', 'typecheck', '--output-logs=errors-only'],
  [
    'dependency arrows',
    bin('depcruise'),
    '--config',
    '.dependency-cruiser.cjs',
    'services',
    'packages',
  ],
  ['dead code', bin('knip')],
  ['OpenAPI drift and lint', process.execPath, 'scripts/openapi.ts', '--check'],
  ['migration drift', process.execPath, 'scripts/migrations.ts', '--check'],
]

const failedChecks: string[] = []
for (const [name, command, ...args] of checks) {
  const { code, output } = await run(command, args)
  console.log(`${code === 0 ? '✓' : '✗'} ${name}`)
  if (code === 0) continue
  failedChecks.push(name)
  console.log(output)
}

const reports = await mkdtemp(join(tmpdir(), 'mikromerit-test-'))
const reportFile = join(reports, 'vitest.json')
const arguments_ = ['run', '--reporter=default', '--reporter=json', `--outputFile=${reportFile}`]
const { code } = await run(bin('vitest'), [...arguments_, ...process.argv.slice(2)], 'inherit')
const { passed, failed, skipped } = await readReport(reportFile)
await rm(reports, { recursive: true, force: true })

if (failedChecks.length > 0) console.log(`Failed checks: ${failedChecks.join(', ')}`)
process.exitCode = code === 0 && failed === 0 && failedChecks.length === 0 ? 0 : 1
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)

interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { status: string; assertionResults: unknown[] }[]
}

/** Reads the runner's report; a file that did not even load counts as one failure. */
async function readReport(file: string) {
  try {
    const report = JSON.parse(await readFile(file, 'utf8')) as VitestReport
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

function run(command: string, args: readonly string[], stdio: 'pipe' | 'inherit' = 'pipe') {
  return new Promise<{ code: number; output: string }>((resolve) => {
    const chunks: Buffer[] = []
    const child = spawn(command, args, { stdio: ['ignore', stdio, stdio] })
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', (error) => resolve({ code: 1, output: error.message }))
    child.on('close', (code) =>
      resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() }),
    )
  })
}
