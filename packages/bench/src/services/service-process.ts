import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

export const serviceNames = ['issuer', 'wallet', 'verifier'] as const
export type ServiceName = (typeof serviceNames)[number]

export interface ServiceProcess {
  readonly pid: number
  /** Milliseconds from starting the process to its first sign of readiness. */
  readonly startMilliseconds: number
  stop(): Promise<void>
}

const startLimitMs = 60_000
const pollMs = 5

/**
 * Starts a built service as `npm start` does, and waits until it says it is ready.
 * @throws Error when it ends before or takes too long
 */
export async function startServiceProcess(
  bundle: string,
  url: string,
  env: Readonly<Record<string, string>>,
): Promise<ServiceProcess> {
  const started = performance.now()
  const child = spawn(process.execPath, ['--max-semi-space-size=4', join(bundle, 'main.js')], {
    cwd: bundle,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  })
  try {
    await waitUntilReady(url, child)
  } catch (error) {
    await stop(child)
    throw error
  }
  const startMilliseconds = performance.now() - started
  return { pid: child.pid ?? 0, startMilliseconds, stop: () => stop(child) }
}

async function waitUntilReady(url: string, child: ChildProcess) {
  const deadline = performance.now() + startLimitMs
  while (performance.now() < deadline && child.exitCode === null) {
    const response = await fetch(`${url}/readyz`).catch(() => undefined)
    await response?.arrayBuffer()
    if (response?.ok) return
    await new Promise((resume) => setTimeout(resume, pollMs))
  }
  throw new Error('A service did not become ready; its log lines above say why.')
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((done) => child.once('exit', done))
  child.kill('SIGTERM')
  await ended
}
