// `npm start`: the three services on one embedded PostgreSQL, the main job once, then stay up.
//   --once     end after the main job, with its exit code
//   --no-demo  only start the services
import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type LocalServices, runDemo, startLocalServices } from '@mikromerit/cli'

const root = join(import.meta.dirname, '..')
const { values: options } = parseArgs({
  options: { once: { type: 'boolean' }, 'no-demo': { type: 'boolean' } },
})
const dataDir = resolve(root, process.env.DATA_DIR ?? '.data')

let services: LocalServices | undefined
let stopping = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(0))

try {
  await buildServices()
  services = await startLocalServices({
    dataDir,
    ports: {
      issuer: readPort('ISSUER_PORT', 3001),
      wallet: readPort('WALLET_PORT', 3002),
      verifier: readPort('VERIFIER_PORT', 3003),
    },
    onCrash: (name, code) => {
      console.error(`The ${name} ended unexpectedly (exit code ${code}).`)
      void stop(1)
    },
  })
  const { urls, whileDown } = services
  const exitCode = options['no-demo']
    ? 0
    : await runDemo({ urls, dataDir, whileIssuerIsDown: (work) => whileDown('issuer', work) })
  if (options.once) await stop(exitCode)
  else announce(urls)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  await stop(1)
}

function announce(urls: LocalServices['urls']) {
  console.log('\nThe services stay up; press Ctrl+C to stop them.')
  for (const [name, url] of Object.entries(urls)) console.log(`  ${name.padEnd(9)} ${url}/docs`)
  console.log('\nA token for calls of your own:')
  console.log('  npx mikromerit token --scope "awards:write" --organisation exempeluniversitetet')
}

async function buildServices() {
  const turbo = join(root, 'node_modules/.bin/turbo')
  const build = spawn(turbo, ['run', 'build', '--output-logs=errors-only'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output: Buffer[] = []
  for (const stream of [build.stdout, build.stderr]) {
    stream.on('data', (chunk: Buffer) => output.push(chunk))
  }
  const code = await new Promise((done) => build.on('close', done))
  if (code !== 0) throw new Error(`The build failed:\n${Buffer.concat(output)}`)
}

async function stop(exitCode: number) {
  if (stopping) return
  stopping = true
  await services?.stop()
  process.exit(exitCode)
}

function readPort(name: string, fallback: number) {
  const port = Number(process.env[name] ?? fallback)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new Error(`${name} must be a port number from 1 to 65535.`)
}
