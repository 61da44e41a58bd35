import { setImmediate } from 'node:timers/promises'
import { holdsError, type ImportFinding, type ImportRow } from '@mikromerit/exchange'
import type { Job } from '../jobs/job.ts'
import { beginPhase, finishJob, noteOpening, recordStep } from '../jobs/progress.ts'
import { countRefused } from '../jobs/read-jobs.ts'
import type { JobHandler } from '../jobs/worker.ts'
import type { Runtime } from '../runtime.ts'
import { openDefinitions } from './definitions.ts'
import type { ImportParameters, ImportPhase } from './parameters.ts'
import { readItems } from './read-items.ts'
import { prepareRows, settleRows } from './settle-rows.ts'

/** Rows of one step: one transaction, and what a killed process has to do again. */
const stepRows = 500

/**
 * Goes through a job's file. A step is committed with the place it ends at, so whoever goes on after a kill reads on
 * from there: every row is settled once.
 */
export const runImport: JobHandler = async (runtime, opened, signal) => {
  // What was sealed as parameters of an import is read as such.
  const job = opened as Job<ImportParameters>
  if (job.phase === 'recording') return recordFile(runtime, job, signal)
  const failures = await passFile(runtime, job, { phase: 'checking', signal })
  if (!failures) return
  const isFaulty = failures.length > 0 || (await countRefused(runtime, job)) > 0
  if (job.isDryRun || isFaulty) {
    const state = job.isDryRun ? 'completed' : 'refused'
    return finish(runtime, job, { state, findings: failures })
  }
  await runtime.database.inOrganisation(job.organisationId, (tx) =>
    beginPhase(runtime, tx, job, 'recording'),
  )
  await recordFile(runtime, { ...job, phase: 'recording', position: '' }, signal)
}

async function recordFile(runtime: Runtime, job: Job<ImportParameters>, signal: AbortSignal) {
  const failures = await passFile(runtime, job, { phase: 'recording', signal })
  if (failures) await finish(runtime, job, { state: 'completed', findings: failures })
}

const finish = (runtime: Runtime, job: Job, ending: Parameters<typeof finishJob>[3]) =>
  runtime.database.inOrganisation(job.organisationId, (tx) => finishJob(runtime, tx, job, ending))

interface Pass {
  readonly phase: ImportPhase
  readonly signal: AbortSignal
}

/** Why the file could not be read to its end, if it could not; undefined when told to stop before. */
async function passFile(
  runtime: Runtime,
  job: Job<ImportParameters>,
  { phase, signal }: Pass,
): Promise<readonly ImportFinding[] | undefined> {
  const definitions = openDefinitions(runtime, job.organisationId, job.parameters.achievementId)
  const settledUpTo = Number(job.position || 0)
  const failures: ImportFinding[] = []
  let rows: ImportRow[] = []
  const settle = async () => {
    const prepared = await prepareRows(runtime, job, { phase, rows, definitions })
    await runtime.database.inOrganisation(job.organisationId, async (tx) => {
      const settled = await settleRows(runtime, tx, job, prepared)
      await recordStep(runtime, tx, job, { position: String(rows.at(-1)?.row), rows: settled })
    })
    rows = []
    await setImmediate()
  }
  for await (const item of readItems(runtime, job, definitions)) {
    if (signal.aborted) return undefined
    if (item.kind === 'header') {
      if (job.position === '') await open(runtime, job, item.cells, item.findings)
      if (holdsError(item.findings)) failures.push(...item.findings.filter(isError))
    } else if (item.kind === 'failed') failures.push(item.finding)
    else if (item.row > settledUpTo) rows.push(item)
    if (rows.length >= stepRows) await settle()
  }
  if (rows.length > 0) await settle()
  return failures
}

const isError = ({ severity }: ImportFinding) => severity === 'error'

/** Warnings about the header are told at once; its errors when the job ends with them. */
const open = (
  runtime: Runtime,
  job: Job,
  header: readonly string[],
  findings: readonly ImportFinding[],
) =>
  runtime.database.inOrganisation(job.organisationId, (tx) =>
    noteOpening(runtime, tx, job, {
      header,
      findings: findings.filter((finding) => !isError(finding)),
    }),
  )
