import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { VaultConfig } from '@mikromerit/service-kit/vault'
import type { SigningTools } from './sign-task.ts'
import type { SigningResult, SigningTask } from './task.ts'

/** What a thread is started with: enough to open what is sealed, and no environment. */
export interface ThreadSettings extends Omit<SigningTools, 'vault'> {
  readonly vault: VaultConfig
}

/** Threads that sign, so that the event loop stays free for requests. */
export interface SigningPool {
  readonly size: number
  /** Rejects when the thread that has the task ends, or does not answer in time: the caller's job is tried again. */
  sign(task: SigningTask): Promise<SigningResult>
  close(): Promise<void>
}

interface PoolOptions extends ThreadSettings {
  /** How long a task may take. */
  readonly limitMs: number
  /** What the threads run; another one in tests. */
  readonly script?: URL
}

interface Waiting {
  readonly resolve: (result: SigningResult) => void
  readonly reject: (error: Error) => void
  readonly timer: NodeJS.Timeout
}

/** Requests and the database want processors, too. */
const maxThreads = 4
/** Of a thread. A large young generation would only be memory (docs/adr/0008). */
const heap = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 }

// Beside this file in the sources, and beside the bundle.
const builtIn = () => {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  return new URL(`./signing-thread.${extension}`, import.meta.url)
}

/** Starts the threads, one less than the machine can run at once. */
export function openSigningPool({
  limitMs,
  script = builtIn(),
  ...settings
}: PoolOptions): SigningPool {
  const size = Math.max(1, Math.min(maxThreads, availableParallelism() - 1))
  const threads = Array.from({ length: size }, () => startThread(script, settings, limitMs))
  return {
    size,
    sign: (task) =>
      threads.reduce((least, one) => (one.load() < least.load() ? one : least)).sign(task),
    close: async () => {
      await Promise.all(threads.map((thread) => thread.close()))
    },
  }
}

function startThread(script: URL, workerData: ThreadSettings, limitMs: number) {
  const worker = new Worker(script, {
    ...{ name: 'signing', workerData, env: {}, execArgv: [] },
    resourceLimits: heap,
  })
  const waiting: Waiting[] = []
  let fault: Error | undefined
  const fail = (error: Error) => {
    fault ??= error
    for (const { reject, timer } of waiting.splice(0)) {
      clearTimeout(timer)
      reject(fault)
    }
  }
  worker.on('message', (result: SigningResult) => {
    const first = waiting.shift()
    clearTimeout(first?.timer)
    first?.resolve(result)
  })
  worker.on('error', (error) => fail(new Error('A signing thread failed', { cause: error })))
  worker.on('exit', () => fail(new Error('A signing thread ended')))
  const giveUp = () => {
    fail(new Error('A signing thread did not answer in time'))
    void worker.terminate()
  }
  return {
    load: () => waiting.length,
    sign: (task: SigningTask) =>
      new Promise<SigningResult>((resolve, reject) => {
        if (fault) return reject(fault)
        waiting.push({ resolve, reject, timer: setTimeout(giveUp, limitMs).unref() })
        worker.postMessage(task)
      }),
    close: () => worker.terminate(),
  }
}
