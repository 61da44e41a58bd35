import { type Answer, newId, runOnce } from '@mikromerit/service-kit'
import { createQueuedJob } from '../jobs/create-job.ts'
import type { Job } from '../jobs/schemas.ts'
import type { Runtime } from '../runtime.ts'
import type { BulkAction } from './action.ts'

/** What a bulk job was asked to do; sealed in it. */
export interface BulkParameters<Action extends BulkAction = BulkAction> {
  readonly action: Action
  /** Awards recorded after the job are not meant by its filter. */
  readonly until: string
}

interface BulkRequest {
  readonly action: BulkAction
  readonly createdBy: string
  readonly idempotencyKey: string | undefined
}

/** Queues one thing to be done to many awards, once per idempotency key. */
export async function createBulkJob(
  runtime: Runtime,
  organisationId: string,
  { action, createdBy, idempotencyKey: key }: BulkRequest,
): Promise<Answer<Job>> {
  const parameters: BulkParameters = { action, until: newId() }
  const answer = await runtime.database.inOrganisation(organisationId, (tx) =>
    runOnce(
      tx,
      { ...runtime, owner: organisationId, key, fingerprint: ['createBulkJob', action] },
      () =>
        createQueuedJob(runtime, tx, {
          ...{ organisationId, kind: action.kind, isDryRun: false, phase: 'recording' },
          ...{ parameters, createdBy },
        }),
    ),
  )
  runtime.jobBell.ring()
  return answer
}
