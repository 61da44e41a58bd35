import { setImmediate } from 'node:timers/promises'
import type { Job } from '../jobs/job.ts'
import { finishJob } from '../jobs/progress.ts'
import { prolongLease } from '../jobs/queue.ts'
import type { JobHandler } from '../jobs/worker.ts'
import type { Runtime } from '../runtime.ts'
import { openSigningPool, type SigningPool } from '../signing/signing-pool.ts'
import type { SigningAction } from './action.ts'
import { commitStep, type SignedStep, StaleStep } from './commit-signed.ts'
import type { BulkParameters } from './create-bulk-job.ts'
import { type PreparedStep, prepareStep, type StepPlace } from './prepare-signing.ts'

type SigningJob = Job<BulkParameters<SigningAction>>

/** A thread that is silent for so long is given up; its awards take milliseconds. */
const taskLimitMs = 120_000
/** Two jobs on the same awards meet at most once per step. */
const maxRepeats = 3

/**
 * Signs the awards of a filter. While threads sign some, others are read and committed; a step is committed with the
 * award it ends at, so whoever goes on after a kill signs on from there.
 */
export const runSigning: JobHandler = async (runtime, opened, signal) => {
  // What was sealed as parameters of a signing job is read as such.
  const job = opened as SigningJob
  const { config } = runtime
  const pool = openSigningPool({
    vault: {
      NODE_ENV: config.NODE_ENV,
      DATA_DIR: config.DATA_DIR,
      KEY_ENCRYPTION_KEY: config.KEY_ENCRYPTION_KEY,
      RETIRED_KEY_ENCRYPTION_KEYS: config.RETIRED_KEY_ENCRYPTION_KEYS,
    },
    publicUrl: config.PUBLIC_URL,
    lifetimeDays: config.CREDENTIAL_LIFETIME_DAYS,
    limitMs: taskLimitMs,
  })
  const keeping = keepLease(runtime, job)
  try {
    for await (const step of signAhead(runtime, job, pool)) {
      if (signal.aborted) return
      await commit(runtime, job, pool, step)
      await setImmediate()
    }
    await runtime.database.inOrganisation(job.organisationId, (tx) =>
      finishJob(runtime, tx, job, { state: 'completed' }),
    )
  } finally {
    clearInterval(keeping)
    await pool.close()
  }
}

/** Until the first step is signed its threads have to start. Whether the lease is still held shows when a step is committed. */
const keepLease = ({ database, config }: Runtime, { lease }: SigningJob): NodeJS.Timeout =>
  setInterval(
    () => prolongLease(database, lease, config.JOB_LEASE_SECONDS).catch(() => undefined),
    (config.JOB_LEASE_SECONDS * 1_000) / 3,
  ).unref()

/** The steps in their order, a few of them signed ahead of the one that is committed. */
async function* signAhead(runtime: Runtime, job: SigningJob, pool: SigningPool) {
  const ahead: Promise<SignedStep>[] = []
  let place: StepPlace | undefined = { after: job.position, done: job.done }
  for (;;) {
    while (place && ahead.length <= pool.size) {
      const prepared: PreparedStep = await prepareStep(runtime, job, place)
      place = prepared.next
      if (prepared.awards.length === 0) continue
      const signed = signStep(pool, prepared)
      // Looked at when its turn comes, or never, when a step before it fails.
      signed.catch(() => undefined)
      ahead.push(signed)
    }
    const first = ahead.shift()
    if (!first) return
    yield await first
  }
}

const signStep = async (pool: SigningPool, prepared: PreparedStep): Promise<SignedStep> => ({
  prepared,
  signed: await pool.sign(prepared.task),
})

/** What another job or an export has signed meanwhile is signed again as the copy that is recorded now. */
async function commit(runtime: Runtime, job: SigningJob, pool: SigningPool, step: SignedStep) {
  let current = step
  for (let repeats = 0; ; repeats++) {
    try {
      return await commitStep(runtime, job, current)
    } catch (error) {
      if (!(error instanceof StaleStep) || repeats === maxRepeats) throw error
    }
    const place = { ...step.prepared.place, until: step.prepared.awards.at(-1) }
    current = await signStep(pool, await prepareStep(runtime, job, place))
  }
}
