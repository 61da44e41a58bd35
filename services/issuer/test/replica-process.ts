import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { anAchievement, startIssuer, type TestIssuer } from './support.ts'

/** What a test has to end, the last first. */
export const closing: (() => unknown)[] = []
export async function closeAll() {
  for (const close of closing.splice(0).reverse()) await close()
}

/** An issuer whose own replica is stopped: what happens is done by others on its database. */
export async function anIdleIssuer() {
  const issuer = await startIssuer({ organisations: ['ri-se'], config: { JOB_LEASE_SECONDS: 2 } })
  closing.push(() => issuer.close())
  const { id: achievementId } = await issuer.given(anAchievement())
  await issuer.app.close()
  return { issuer, achievementId }
}

/** The service as a process of its own, on the issuer's database. */
export async function aProcess({
  config,
}: TestIssuer): Promise<{ url: string; process: ChildProcess }> {
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  const { DATABASE_URL, DATA_DIR, PUBLIC_URL } = config
  const child = spawn(process.execPath, [join(import.meta.dirname, '../src/main.ts')], {
    env: {
      ...{ DATABASE_URL, DATA_DIR, PUBLIC_URL, PORT: String(port), NODE_ENV: 'test' },
      ...{ LOG_LEVEL: 'silent', RATE_LIMIT_PER_MINUTE: '0', JOB_LEASE_SECONDS: '2' },
    },
    stdio: 'ignore',
  })
  closing.push(() => child.kill('SIGKILL'))
  const url = `http://localhost:${port}`
  for (;;) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined)
    if (answer?.ok) return { url, process: child }
    if (child.exitCode !== null) throw new Error('The service did not start')
    await setTimeout(50)
  }
}
