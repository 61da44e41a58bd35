// `npm start`: the three services on one embedded PostgreSQL, the main job once, then stay up.
//   --once     end after the main job, with its exit code
//   --no-demo  only start the services
// ISSUER_PORT, WALLET_PORT, VERIFIER_PORT and DATA_DIR say where.
import { join } from 'node:path'
import { type LocalServices, runDemo, startLocalServices } from '@mikromerit/cli'
import { root, runCommand, stopCommands } from './run-command.ts'
import { readSettings, type Settings } from './start/settings.ts'

let starting: Promise<LocalServices> | undefined
let stopping = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(0))

try {
  await start(readSettings(process.argv.slice(2), process.env, root))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  await stop(1)
}

async function start(settings: Settings) {
  const { dataDir, ports, once, noDemo } = settings
  console.log('Building the services …')
  await buildServices()
  console.log('Starting PostgreSQL and the three services …')
  starting = startLocalServices({
    dataDir,
    ports,
    onCrash: (name, code) => {
      console.error(`The ${name} ended unexpectedly (exit code ${code}).`)
      void stop(1)
    },
  })
  const { urls, whileDown } = await starting
  const exitCode = noDemo ? 0 : await demonstrate(urls, dataDir, whileDown)
  if (once) await stop(exitCode)
  else announce(urls)
}

function demonstrate(
  urls: LocalServices['urls'],
  dataDir: string,
  whileDown: LocalServices['whileDown'],
) {
  console.log('')
  return runDemo({ urls, dataDir, whileIssuerIsDown: (work) => whileDown('issuer', work) })
}

function announce(urls: LocalServices['urls']) {
  console.log('\nThe services stay up; press Ctrl+C to stop them. Their APIs are described at')
  for (const [name, url] of Object.entries(urls)) console.log(`  ${name.padEnd(9)} ${url}/docs`)
  console.log('\nA token for calls of your own:')
  console.log('  npx mikromerit token --scope "awards:write" --organisation exempeluniversitetet')
}

/** What is unchanged since the last time is not built again. */
async function buildServices() {
  const turbo = join(root, 'node_modules/.bin/turbo')
  const { code, output } = await runCommand(turbo, ['run', 'build', '--output-logs=errors-only'])
  if (code !== 0) throw new Error(`The build failed:\n${output}`)
}

async function stop(exitCode: number) {
  if (stopping) return
  stopping = true
  stopCommands()
  const services = await starting?.catch(() => undefined)
  await services?.stop()
  process.exit(exitCode)
}
