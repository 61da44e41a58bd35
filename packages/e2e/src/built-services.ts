import { spawn } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../..')

/** Builds the bundles that the services of these tests run from; unchanged ones are taken as they are. */
export default async function setup(): Promise<void> {
  const turbo = join(root, 'node_modules/.bin/turbo')
  const child = spawn(turbo, ['run', 'build', '--output-logs=errors-only'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output: Buffer[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => output.push(chunk))
  const code = await new Promise((done) => child.on('close', done))
  if (code !== 0) throw new Error(`The build failed:\n${Buffer.concat(output)}`)
}
