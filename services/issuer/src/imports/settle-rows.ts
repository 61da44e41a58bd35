import { setImmediate } from 'node:timers/promises'
import { holdsError, type ImportCode, type ImportRow, importFinding } from '@mikromerit/exchange'
import type { Transaction } from '@mikromerit/service-kit'
import {
  type AwardToInsert,
  compareBatch,
  type InsertOutcome,
  insertBatch,
  type SealedBatch,
  sealBatch,
} from '../awards/insert-awards.ts'
import { findDelegationRefusal } from '../delegation/find-right.ts'
import type { Job } from '../jobs/job.ts'
import type { JobRowDraft } from '../jobs/progress.ts'
import type { Runtime } from '../runtime.ts'
import type { FileDefinitions } from './definitions.ts'
import type { ImportPhase } from './parameters.ts'

interface Candidate {
  readonly row: ImportRow
  readonly award: AwardToInsert
}

/** The rows of one step: those that say an award, and the rest. */
export interface PreparedRows {
  readonly phase: ImportPhase
  readonly rows: readonly ImportRow[]
  readonly candidates: readonly Candidate[]
  readonly sealed: ReadonlyMap<number, SealedBatch['rows'][number]>
}

/** Seals in slices: nobody else waits longer than for one. */
const sliceRows = 100

/** Everything that takes time and needs no transaction. */
export async function prepareRows(
  runtime: Runtime,
  { organisationId, id: importId }: Job,
  {
    phase,
    rows,
    definitions,
  }: { phase: ImportPhase; rows: readonly ImportRow[]; definitions: FileDefinitions },
): Promise<PreparedRows> {
  const candidates = rows.flatMap((row): Candidate[] => {
    const awardable = row.draft && definitions.of(row.draft.achievementId)
    return row.draft && awardable ? [{ row, award: { draft: row.draft, ...awardable } }] : []
  })
  const sealed = new Map<number, SealedBatch['rows'][number]>()
  if (phase === 'recording')
    for (let at = 0; at < candidates.length; at += sliceRows) {
      const slice = candidates.slice(at, at + sliceRows)
      const awards = slice.map(({ award }) => award)
      const batch = sealBatch(runtime, { organisationId, importId, awards })
      for (const [index, one] of batch.rows.entries()) sealed.set(slice[index]?.row.row ?? 0, one)
      await setImmediate()
    }
  return { phase, rows, candidates, sealed }
}

/** What becomes of each row, in the transaction that does it. */
export async function settleRows(
  runtime: Runtime,
  tx: Transaction,
  job: Job,
  { phase, rows, candidates, sealed }: PreparedRows,
): Promise<JobRowDraft[]> {
  const { organisationId, id: importId } = job
  const refusals = await findRefusals(tx, organisationId, candidates)
  const open = candidates.filter(({ row }) => !refusals.has(row.row))
  const outcomes =
    phase === 'checking'
      ? await compareBatch(runtime, tx, { organisationId, awards: open.map(({ award }) => award) })
      : await insertBatch(runtime, tx, {
          organisationId,
          importId,
          rows: open.flatMap(({ row }) => sealed.get(row.row) ?? []),
        })
  const settled = new Map(open.map(({ row }, index) => [row.row, outcomes[index]]))
  return rows.map((row) => {
    const refusal = refusals.get(row.row)
    return describeRow(row, { phase, refusal, outcome: settled.get(row.row) })
  })
}

/** Rows of a definition that another organisation created, where the right to award it does not reach. */
async function findRefusals(
  tx: Transaction,
  delegateId: string,
  candidates: readonly Candidate[],
): Promise<ReadonlyMap<number, ImportCode>> {
  const refusals = new Map<number, ImportCode>()
  const known = new Map<string, Promise<string | undefined>>()
  for (const { row, award } of candidates) {
    const { creatorId, definition, draft } = award
    if (creatorId === delegateId) continue
    const key = `${definition.id} ${draft.awardedOn}`
    const right = { delegateId, achievementId: definition.id, creatorId }
    const refusal = known.get(key) ?? findDelegationRefusal(tx, right, draft.awardedOn)
    known.set(key, refusal)
    if (await refusal) refusals.set(row.row, 'DELEGATION_MISSING')
  }
  return refusals
}

interface Settlement {
  readonly phase: ImportPhase
  readonly refusal: ImportCode | undefined
  readonly outcome: InsertOutcome | undefined
}

function describeRow(row: ImportRow, { phase, refusal, outcome }: Settlement): JobRowDraft {
  const code = refusal ?? (outcome?.outcome === 'clash' ? 'REFERENCE_TAKEN' : undefined)
  const position = { row: row.row, ...(row.line !== undefined && { line: row.line }) }
  const field = code === 'REFERENCE_TAKEN' ? { field: 'sourceReference' } : {}
  const findings = [
    ...row.findings,
    ...(code ? [importFinding(code, { ...position, ...field })] : []),
  ]
  const isRefused = !row.draft || code !== undefined || holdsError(findings)
  const details = {
    ...position,
    ...(findings.length > 0 && { findings }),
    // As it stood, for the error file.
    ...(isRefused && { cells: row.cells }),
  }
  return {
    number: row.row,
    outcome: isRefused ? 'refused' : outcomeOf(phase, outcome),
    ...(outcome && outcome.outcome !== 'clash' && { awardId: outcome.awardId }),
    ...((isRefused || findings.length > 0) && { details }),
    isPlain: phase === 'checking' && findings.length === 0 && !isRefused && !outcome,
  }
}

const outcomeOf = (phase: ImportPhase, outcome: InsertOutcome | undefined) => {
  if (outcome?.outcome === 'same') return 'unchanged'
  return phase === 'checking' ? 'accepted' : 'done'
}
