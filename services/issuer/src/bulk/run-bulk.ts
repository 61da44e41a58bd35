import { setImmediate } from 'node:timers/promises'
import type { Transaction } from '@mikromerit/service-kit'
import type { AwardRow } from '../awards/award-view.ts'
import { changeStatuses } from '../awards/change-statuses.ts'
import { lockAwards, pageAwards } from '../awards/select-awards.ts'
import { type FileDefinitions, openDefinitions } from '../imports/definitions.ts'
import type { Job } from '../jobs/job.ts'
import { finishJob, type JobRowDraft, recordStep } from '../jobs/progress.ts'
import type { JobHandler } from '../jobs/worker.ts'
import type { Issuer } from '../organisations/issuers.ts'
import type { Runtime } from '../runtime.ts'
import { type BulkAction, findBulkRefusal, type SigningAction } from './action.ts'
import type { BulkParameters } from './create-bulk-job.ts'
import { offerRow } from './offer-row.ts'
import { reissueAward } from './reissue-award.ts'

type StepAction = Exclude<BulkAction, SigningAction>

/** Awards of one step: one transaction, and what a killed process has to do again. */
const stepAwards = 100

/** Does a bulk job's action to its awards, the oldest first; a step is committed with the award it ends at. */
export const runBulk: JobHandler = async (runtime, opened, signal) => {
  // What was sealed as parameters of a bulk job is read as such.
  const job = opened as Job<BulkParameters<StepAction>>
  const issuer = await runtime.issuers.find(job.organisationId)
  if (!issuer) throw new Error('A job of an organisation that is not there')
  const definitions = openDefinitions(runtime, job.organisationId, undefined)
  let after = job.position
  let done = job.done
  while (!signal.aborted) {
    const step = await takeStep(runtime, job, { issuer, definitions, after, done })
    if (step.count < stepAwards) return finish(runtime, job)
    after = step.after
    done += step.count
    await setImmediate()
  }
}

const finish = (runtime: Runtime, job: Job) =>
  runtime.database.inOrganisation(job.organisationId, (tx) =>
    finishJob(runtime, tx, job, { state: 'completed' }),
  )

interface StepPlace {
  readonly issuer: Issuer
  readonly definitions: FileDefinitions
  readonly after: string
  readonly done: number
}

async function takeStep(runtime: Runtime, job: Job<BulkParameters<StepAction>>, place: StepPlace) {
  const { organisationId, parameters } = job
  const { action, until } = parameters
  const page = { filter: action.filter, limit: stepAwards, after: place.after, until }
  // Looked up before the transaction: it would wait for a second connection.
  if (action.kind === 'reissue') {
    const rows = await runtime.database.inOrganisation(organisationId, (tx) =>
      pageAwards(tx, organisationId, page),
    )
    for (const id of new Set(rows.map(({ achievementId }) => achievementId)))
      await place.definitions.find(id)
  }
  return runtime.database.inOrganisation(organisationId, async (tx) => {
    const awards = await lockAwards(tx, organisationId, page)
    const after = awards.at(-1)?.id ?? place.after
    const rows = await act(runtime, tx, { job, action, awards, place })
    if (rows.length > 0) await recordStep(runtime, tx, job, { position: after, rows })
    return { after, count: awards.length }
  })
}

interface Deed {
  readonly job: Job
  readonly action: StepAction
  readonly awards: readonly AwardRow[]
  readonly place: StepPlace
}

async function act(
  runtime: Runtime,
  tx: Transaction,
  { job, action, awards, place }: Deed,
): Promise<JobRowDraft[]> {
  const now = runtime.clock.now()
  const decidedBy = job.createdBy
  const refusals = new Map(
    awards.map((row) => {
      const facts = { status: row.status, isErased: row.erasedAt !== null }
      return [row.id, findBulkRefusal(action, facts, now)]
    }),
  )
  if (action.kind === 'status') {
    const open = awards.filter(({ id }) => refusals.get(id) === undefined)
    await changeStatuses(runtime, tx, open, { to: action.status, reason: action.reason, decidedBy })
  }
  const rows: JobRowDraft[] = []
  for (const [index, award] of awards.entries()) {
    const row = { number: place.done + index + 1, awardId: award.id }
    const code = refusals.get(award.id)
    if (code !== undefined) rows.push({ ...row, ...describeRefusal(code) })
    else if (action.kind === 'status') rows.push({ ...row, outcome: 'done' })
    else if (action.kind === 'offers') {
      const options = { issuer: place.issuer, awardId: award.id, options: action.offer ?? {} }
      rows.push({ ...row, ...(await offerRow(runtime, tx, options)) })
    } else {
      const { issuer, definitions } = place
      const request = { old: award, action, issuer, definitions, decidedBy }
      rows.push({ ...row, ...(await reissueAward(runtime, tx, request)) })
    }
  }
  return rows
}

/** To have the wished status already is no fault. */
const describeRefusal = (code: string) =>
  code === 'status-unchanged'
    ? { outcome: 'unchanged' as const }
    : { outcome: 'refused' as const, details: { code } }
