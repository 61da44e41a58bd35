import { setTimeout } from 'node:timers/promises'
import { connectDatabase, type Database, openVault } from '@mikromerit/service-kit'
import { sql } from 'drizzle-orm'
import { afterEach, describe, expect, it } from 'vitest'
import { createQueuedJob } from '../src/jobs/create-job.ts'
import { openJob } from '../src/jobs/job.ts'
import { recordStep } from '../src/jobs/progress.ts'
import { claimJob, LeaseLost } from '../src/jobs/queue.ts'
import type { Runtime } from '../src/runtime.ts'
import { aCsvFile, aCsvRow, jobEnded, sendFile } from './import-files.ts'
import { anIdleIssuer, aProcess, closeAll, closing } from './replica-process.ts'
import { aToken } from './support.ts'

afterEach(closeAll)

describe('an import whose process is killed', () => {
  it('is gone on with by another replica, and no row is recorded twice or lost', async () => {
    const { issuer, achievementId } = await anIdleIssuer()
    const rows = 6_000
    const file = aCsvFile(
      ...Array.from({ length: rows }, (_, index) =>
        aCsvRow(index % 2 === 0 ? {} : { reference: '' }),
      ),
    )
    const first = await aProcess(issuer)
    const response = await fetch(
      `${first.url}/v1/organisations/ri-se/imports?achievementId=${achievementId}`,
      {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await aToken('awards:write', 'ri-se')}`,
          'content-type': 'text/csv',
        },
        body: file,
      },
    )
    expect(response.status).toBe(202)
    const { id } = (await response.json()) as { id: string }
    let recorded = 0
    while (recorded === 0) recorded = await issuer.count('awards')
    first.process.kill('SIGKILL')
    const [killed] = await issuer.rows('jobs')
    expect(killed).toMatchObject({ state: 'running', phase: 'recording' })
    expect(await issuer.count('awards')).toBeLessThan(rows)

    const second = await issuer.another()
    const job = await jobEnded(second, id)
    expect(job).toMatchObject({
      state: 'completed',
      progress: { total: rows, done: rows, succeeded: rows, unchanged: 0, refused: 0 },
    })
    expect(await issuer.count('awards')).toBe(rows)
    const settled = await issuer.rows('job_rows')
    expect(settled).toHaveLength(rows)
    expect(new Set(settled.map(({ award_id }) => award_id)).size).toBe(rows)
    expect(await issuer.count('job_queue')).toBe(0)
  })

  it('is gone on with by whoever is there when the service is stopped in good order', async () => {
    const { issuer, achievementId } = await anIdleIssuer()
    const first = await issuer.another()
    const file = aCsvFile(...Array.from({ length: 3_000 }, () => aCsvRow()))
    const { id } = (await sendFile(first, file, { query: { achievementId } })).json()
    while ((await issuer.count('awards')) === 0) await setTimeout(5)
    await first.app.close()
    const job = await jobEnded(await issuer.another(), id)
    expect(job.progress).toMatchObject({ succeeded: 3_000, unchanged: 0 })
    expect(await issuer.count('awards')).toBe(3_000)
  })
})

describe('a lease', () => {
  async function aQueuedJob() {
    const { issuer } = await anIdleIssuer()
    const url = issuer.config.DATABASE_URL ?? ''
    const database = connectDatabase({ url, applicationName: 'test', poolSize: 3 })
    closing.push(() => database.close())
    const vault = openVault({ config: issuer.config, service: 'issuer' })
    // Jobs work on no more of it than this.
    const needed = { database, vault, clock: issuer.clock, config: issuer.config }
    const runtime = needed as unknown as Runtime
    const { body } = await database.inOrganisation('ri-se', (tx) =>
      createQueuedJob(runtime, tx, {
        ...{ organisationId: 'ri-se', kind: 'import', isDryRun: true, phase: 'checking' },
        ...{ parameters: { format: 'csv', language: 'sv', onErrors: 'refuse' }, createdBy: 'x' },
      }),
    )
    return { issuer, database, runtime, id: body.id }
  }
  const claim = (database: Database, seconds: number) => claimJob(database, seconds)

  it('is given to one of many who ask', async () => {
    const { database } = await aQueuedJob()
    const leases = await Promise.all(Array.from({ length: 3 }, () => claim(database, 60)))
    expect(leases.filter(Boolean)).toHaveLength(1)
    expect(await claim(database, 60)).toBeUndefined()
  })

  it('that ran out and was taken over writes nothing more', async () => {
    const { issuer, database, runtime } = await aQueuedJob()
    const stale = await claim(database, 0)
    const job = stale && (await openJob(runtime, stale))
    const fresh = await claim(database, 60)
    if (!job || !fresh) throw new Error('Not claimed')
    const before = await issuer.snapshot()
    const late = database.inOrganisation('ri-se', async (tx) => {
      await tx.execute(sql`update jobs set created_by = 'the late one'`)
      const rows = [{ number: 1, outcome: 'done' as const }]
      await recordStep(runtime, tx, job, { position: '1', rows })
    })
    await expect(late).rejects.toBeInstanceOf(LeaseLost)
    expect(await issuer.snapshot()).toEqual(before)
  })

  it('of a job that gets nowhere is given up in the end, and the job says so', async () => {
    const { issuer, database, id } = await aQueuedJob()
    await database.drizzle.execute(sql`update job_queue set attempts = 5`)
    const replica = await issuer.another()
    expect(await jobEnded(replica, id)).toMatchObject({ id, state: 'failed' })
    expect(await issuer.count('job_queue')).toBe(0)
  })
})
