import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../root.ts'

export interface ServiceProcessOptions {
  readonly name: string
  readonly url: string
  readonly env: Readonly<Record<string, string>>
  /** Called when the process ends without having been asked to. */
  readonly onCrash: (exitCode: number | null) => void
}

export interface ServiceProcess {
  readonly pid: number | undefined
  /** Asks the service to finish what it is doing, and waits until it has. */
  stop(): Promise<void>
}

/**
 * Starts one built service as a process of its own and waits until it says it is ready.
 * @throws Error when it ends or is not ready within a minute.
 */
export async function startServiceProcess(options: ServiceProcessOptions): Promise<ServiceProcess> {
  const main = join(root, 'services', options.name, 'dist/main.js')
  // A small young generation: memory grows less under much work (docs/adr/0008).
  const child = spawn(process.execPath, ['--max-semi-space-size=4', main], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
  })
  let asked = false
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => process.stderr.write(prefixLines(options.name, chunk)))
  }
  child.once('exit', (code) => asked || options.onCrash(code))
  const stop = async () => {
    asked = true
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((done) => child.once('exit', done))
    child.kill('SIGTERM')
    await ended
  }
  try {
    await waitUntilReady(options, child)
  } catch (error) {
    await stop()
    throw error
  }
  return { pid: child.pid, stop }
}

async function waitUntilReady({ name, url }: ServiceProcessOptions, child: ChildProcess) {
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline && child.exitCode === null) {
    const response = await fetch(`${url}/readyz`).catch(() => undefined)
    if (response?.ok) return
    await new Promise((resume) => setTimeout(resume, 25))
  }
  throw new Error(`The ${name} did not become ready; its log lines above say why.`)
}

const prefixLines = (name: string, chunk: Buffer) =>
  chunk.toString().replace(/^(?=.)/gm, `${name} | `)
