import type { FastifyBaseLogger } from 'fastify'
import type { Runtime } from '../runtime.ts'
import { type Job, openJob } from './job.ts'
import { finishJob } from './progress.ts'
import { claimJob, type Lease, LeaseLost, releaseJob } from './queue.ts'
import type { JobKind } from './states.ts'

/** Does a job's work, from where it stands, in steps that are committed. Stops between two steps when told to. */
export type JobHandler = (runtime: Runtime, job: Job, signal: AbortSignal) => Promise<void>

type Logger = Pick<FastifyBaseLogger, 'error' | 'info'>

interface WorkerOptions {
  readonly runtime: Runtime
  readonly handlers: Readonly<Record<JobKind, JobHandler>>
  readonly logger: Logger
}

/** Long and short jobs side by side: a small one does not wait for a hundred thousand rows. */
const concurrency = 2
const pollMilliseconds = 2_000
/** A job that gets nowhere this often is given up: what it did so far stands, and is shown. */
const maxAttempts = 5

/** Takes jobs from the queue and does them, whichever replica they came to. */
export function startJobWorker(options: WorkerOptions): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const running = Array.from({ length: concurrency }, () => workUntil(stopping.signal, options))
  return {
    stop: async () => {
      stopping.abort()
      await Promise.all(running)
    },
  }
}

async function workUntil(signal: AbortSignal, options: WorkerOptions): Promise<void> {
  const { runtime, logger } = options
  while (!signal.aborted) {
    const lease = await claimQuietly(runtime, logger)
    if (lease) await runJob(lease, signal, options)
    else await runtime.jobBell.wait(pollMilliseconds, signal)
  }
}

/** While the database is away there is no work to do; readiness says so. */
async function claimQuietly(runtime: Runtime, logger: Logger): Promise<Lease | undefined> {
  try {
    return await claimJob(runtime.database, runtime.config.JOB_LEASE_SECONDS)
  } catch (error) {
    logger.error({ err: error }, 'the job queue could not be read')
    return undefined
  }
}

async function runJob(
  lease: Lease,
  signal: AbortSignal,
  { runtime, handlers, logger }: WorkerOptions,
): Promise<void> {
  try {
    if (lease.attempts > maxAttempts) return await giveUp(runtime, lease)
    const job = await openJob(runtime, lease)
    if (job) await handlers[job.kind](runtime, job, signal)
    if (signal.aborted) await releaseJob(runtime.database, lease, 0)
  } catch (error) {
    // Another replica goes on with it, from the last step that was committed.
    if (error instanceof LeaseLost) return
    logger.error({ job: lease.jobId, attempts: lease.attempts, err: error }, 'a job stopped')
    await releaseJob(runtime.database, lease, lease.attempts * 5).catch(() => undefined)
  }
}

const giveUp = (runtime: Runtime, lease: Lease) =>
  runtime.database.inOrganisation(lease.organisationId, (tx) =>
    finishJob(
      runtime,
      tx,
      { organisationId: lease.organisationId, id: lease.jobId, lease },
      { state: 'failed' },
    ),
  )
