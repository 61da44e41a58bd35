import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, it } from 'vitest'
import { testDataDir } from '../testing/test-config.ts'

const script = join(import.meta.dirname, '../../test/slow-service.ts')
const running: ChildProcess[] = []
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

interface Line {
  readonly msg: string
  readonly [member: string]: unknown
}

/** The service as a process of its own, and what it writes. */
function start(env: Record<string, string>) {
  const child = spawn(process.execPath, [script], {
    env: { PATH: process.env.PATH, DATA_DIR: testDataDir(), PORT: '0', HOST: '127.0.0.1', ...env },
  })
  running.push(child)
  const lines: Line[] = []
  const waiting: (() => void)[] = []
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(JSON.parse(line))
    for (const look of waiting.splice(0)) look()
  })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    errors += chunk
  })
  const exited = once(child, 'exit')
  return {
    child,
    /** The first line with this message. */
    line: async (msg: string): Promise<Line> => {
      for (;;) {
        const found = lines.find((line) => line.msg === msg)
        if (found) return found
        await new Promise<void>((resolve) => waiting.push(resolve))
      }
    },
    ended: async () => {
      const [code] = await exited
      return { code, errors, messages: lines.map(({ msg }) => msg) }
    },
  }
}

describe('a service as a process', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'finishes what is under way when it gets %s, takes nothing new, and closes what it opened',
    async (signal) => {
      const service = start({})
      const { address } = await service.line('listening')
      const underWay = fetch(`${address}/slow`)
      await service.line('asked')
      service.child.kill(signal)
      const answer = await underWay
      expect([answer.status, await answer.json()]).toEqual([200, { done: true }])
      const { code, messages } = await service.ended()
      expect(code).toBe(0)
      expect(messages).toContain('closed')
      await expect(fetch(`${address}/slow`)).rejects.toThrow()
    },
    60_000,
  )

  it('ends with all faults of its configuration, by name', async () => {
    const { code, errors, messages } = await start({
      PORT: 'hemlig',
      NODE_ENV: 'production',
    }).ended()
    expect(code).toBe(1)
    for (const name of ['PORT', 'DATABASE_URL', 'AUTH_ISSUERS', 'KEY_ENCRYPTION_KEY'])
      expect(errors).toContain(`  - ${name} must be`)
    expect(errors).not.toContain('hemlig')
    expect(messages).toEqual([])
  }, 60_000)

  it('ends with a reason when something it needs is not there', async () => {
    const service = start({ FAIL: 'yes' })
    expect(await service.line('the service could not start')).toMatchObject({
      level: 60,
      reason: 'The database is not there',
    })
    expect((await service.ended()).code).toBe(1)
  }, 60_000)
})
