// Runs on whatever Node.js (20 or newer) started npm: installs the workspace with the pinned package
// manager, then hands over to the pinned runtime that the installation brought along.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..')
const [script, ...args] = process.argv.slice(2)
const [major] = process.versions.node.split('.').map(Number)

if (major < 20) fail(`Node.js 20 or newer is needed to install; this is ${process.version}.`)

const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const install = spawnSync(
  'npx',
  ['--yes', packageManager, 'install', '--frozen-lockfile', '--reporter=append-only'],
  { cwd: root, encoding: 'utf8', env: { ...process.env, CI: 'true' }, shell: false },
)
if (install.status !== 0) {
  fail(`The installation failed:\n${install.error ?? ''}${install.stdout}\n${install.stderr}`)
}

const node = join(root, 'node_modules', '.bin', 'node')
const probe = spawnSync(node, ['--version'], { encoding: 'utf8' })
if (probe.status !== 0) {
  const hint = /libatomic/.test(probe.stderr)
    ? 'The runtime needs the system library libatomic1: install it (Debian, Ubuntu: apt-get install libatomic1).'
    : `The pinned runtime does not start:\n${probe.error ?? ''}${probe.stderr}`
  fail(hint)
}

const run = spawnSync(node, [join(root, script), ...args], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}` },
})
process.exit(run.status ?? 1)

function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
