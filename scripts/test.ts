// Everything that must hold before a change may land. The closing line sums the runner's own report.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root, runCommand, stopCommands } from './run-command.ts'
import { readReport } from './test/read-report.ts'

const bin = (name: string) => join(root, 'node_modules/.bin', name)

const checks: readonly [name: string, command: string, ...args: string[]][] = [
  ['lint and format', bin('biome'), 'ci', '--colors=off', '.'],
  // All packages as one program: what they share is read and checked once.
  ['types', bin('tsc'), '--noEmit'],
  [
    'dependency arrows',
    bin('depcruise'),
    '--config',
    '.dependency-cruiser.cjs',
    'services',
    'packages',
    'scripts',
  ],
  ['dead code', bin('knip')],
  ['OpenAPI drift and lint', process.execPath, 'scripts/openapi.ts', '--check'],
  ['migration drift', process.execPath, 'scripts/migrations.ts', '--check'],
  ['formats page', process.execPath, 'scripts/formats.ts', '--check'],
  ['conformance page', process.execPath, 'scripts/conformance.ts', '--check'],
]

process.on('SIGTERM', () => {
  stopCommands()
  process.exit(143)
})

const failedChecks: string[] = []
for (const [name, command, ...args] of checks) {
  const start = performance.now()
  const { code, output } = await runCommand(command, args)
  const seconds = ((performance.now() - start) / 1_000).toFixed(1)
  console.log(`${code === 0 ? '✓' : '✗'} ${name.padEnd(24)} ${seconds.padStart(5)} s`)
  if (code === 0) continue
  failedChecks.push(name)
  console.log(output)
}

const { code, passed, failed, skipped } = await runTests(process.argv.slice(2))
if (failedChecks.length > 0) console.log(`Failed checks: ${failedChecks.join(', ')}`)
process.exitCode = code === 0 && failed === 0 && failedChecks.length === 0 ? 0 : 1
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)

/** Unit, integration and end-to-end tests in one run, with whatever else the caller hands to the runner. */
async function runTests(args: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'mikromerit-test-'))
  const report = join(folder, 'vitest.json')
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const { code } = await runCommand(bin('vitest'), ['run', ...reporters, ...args], {
      output: 'inherit',
    })
    return { code, ...(await readReport(report)) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
