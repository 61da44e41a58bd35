// Runs in a worker thread: takes tasks, answers what it signed.
import { parentPort, workerData } from 'node:worker_threads'
import { openVault } from '@mikromerit/service-kit/vault'
import { createTaskSigner } from './sign-task.ts'
import type { ThreadSettings } from './signing-pool.ts'
import type { SigningTask } from './task.ts'

const { vault, ...settings }: ThreadSettings = workerData
const sign = createTaskSigner({
  ...settings,
  vault: openVault({ config: vault, service: 'issuer' }),
})

// One after the other, in their order. What fails ends the thread, and is reported as its end.
let turn = Promise.resolve()
parentPort?.on('message', (task: SigningTask) => {
  turn = turn.then(async () => {
    const result = await sign(task)
    parentPort?.postMessage(result, [result.bytes.buffer])
  })
})
