import { fork } from 'node:child_process'
import { join } from 'node:path'
import { type Connection, openConnection, readJson } from './connection.ts'

/** What one step of a flow cannot do without. */
export interface BareStep {
  readonly commits?: number
  readonly signatures?: number
  readonly verifications?: number
  /** Key pair and key agreement. */
  readonly agreements?: number
}

export interface BareServer {
  readonly url: string
  stop(): Promise<void>
}

/** Starts the bare server as a process on a database of its own. */
export async function startBareServer(databaseUrl: string): Promise<BareServer> {
  const child = fork(join(import.meta.dirname, 'bare-server.ts'), [databaseUrl])
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message: { url: string }) => resolve(message.url))
    child.once('exit', (code) => reject(new Error(`The bare server ended with ${code}.`)))
  })
  return {
    url,
    stop: async () => {
      if (child.exitCode !== null) return
      const ended = new Promise((done) => child.once('exit', done))
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** A flow of bare steps, as often as the real flow has requests. */
export function createBareFlow(url: string, steps: readonly BareStep[]) {
  const connection: Connection = openConnection(url)
  const headers = { 'content-type': 'application/json' }
  const bodies = steps.map((step) => JSON.stringify(step))
  return {
    run: async () => {
      for (const body of bodies)
        readJson(
          await connection.send({ method: 'POST', path: '/step', headers, body }),
          200,
          'A bare step',
        )
    },
    close: () => connection.close(),
  }
}
