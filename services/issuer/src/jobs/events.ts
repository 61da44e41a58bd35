import { isDeepStrictEqual } from 'node:util'
import type { Runtime } from '../runtime.ts'
import type { JobPlace } from './job.ts'
import { readJob } from './read-jobs.ts'
import type { Job } from './schemas.ts'
import { isFinished } from './states.ts'

const pollMilliseconds = 400
/** Proxies close a connection that says nothing. */
const heartbeatMilliseconds = 15_000
/** Whoever still wants to know asks again: an EventSource does so by itself. */
const longestMilliseconds = 600_000

/**
 * A job's progress as server-sent events, until it has ended. Looks into the database, for any replica may do the work.
 * @param job as it stands now
 */
export async function* followJob(
  runtime: Runtime,
  place: JobPlace,
  { job, signal }: { readonly job: Job; readonly signal: AbortSignal },
): AsyncGenerator<string> {
  const until = performance.now() + longestMilliseconds
  let told = job
  let toldAt = performance.now()
  yield describe(job)
  while (!isFinished(told.state) && !signal.aborted && performance.now() < until) {
    await runtime.jobBell.wait(pollMilliseconds, signal)
    const now = await readJob(runtime, place)
    if (!isDeepStrictEqual(now, told)) {
      told = now
      toldAt = performance.now()
      yield describe(now)
    } else if (performance.now() - toldAt > heartbeatMilliseconds) {
      toldAt = performance.now()
      yield ': still here\n\n'
    }
  }
}

const describe = (job: Job) =>
  `event: ${isFinished(job.state) ? 'finished' : 'progress'}\ndata: ${JSON.stringify(job)}\n\n`
