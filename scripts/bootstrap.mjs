// Runs on whatever Node.js (20 or newer) started npm: installs the workspace with the pinned package
// manager, then hands over to the pinned runtime that the installation brought along.
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const [script, ...args] = process.argv.slice(2)
const [major] = process.versions.node.split('.').map(Number)

if (major < 20) fail(`Node.js 20 or newer is needed to install; this is ${process.version}.`)
install()
handOver(findRuntime())

function install() {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  console.log(`Installing with ${packageManager}; the first time takes some minutes …`)
  const { status, error, stdout, stderr } = spawnSync(
    'npx',
    ['--yes', packageManager, 'install', '--frozen-lockfile', '--reporter=append-only'],
    { cwd: root, encoding: 'utf8', env: { ...process.env, CI: 'true' }, maxBuffer: 64 * 1024 ** 2 },
  )
  if (status !== 0) fail(`The installation failed:\n${error ?? ''}${stdout}\n${stderr}`)
}

function findRuntime() {
  const node = join(root, 'node_modules', '.bin', 'node')
  const probe = spawnSync(node, ['--version'], { encoding: 'utf8' })
  if (probe.status !== 0) {
    fail(
      /libatomic/.test(probe.stderr)
        ? 'The runtime needs the system library libatomic1: install it (Debian, Ubuntu: apt-get install libatomic1).'
        : `The pinned runtime does not start:\n${probe.error ?? ''}${probe.stderr}`,
    )
  }
  return node
}

/** Ends as the script ends: a signal is passed on, so that the script can stop what it has started. */
function handOver(node) {
  const child = spawn(node, [join(root, script), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}` },
  })
  // Ctrl+C reaches the script by itself: passing it on would interrupt it twice.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  // npm puts a shell between itself and us, which may end without telling: then nobody waits for us.
  const parent = process.ppid
  setInterval(() => process.ppid === parent || child.kill('SIGTERM'), 500)
  child.on('exit', (code) => process.exit(code ?? 1))
}

function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
