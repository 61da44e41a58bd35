import type { AwardRecord } from '@mikromerit/credentials'
import { newId, type Transaction } from '@mikromerit/service-kit'
import type { AwardRow } from '../awards/award-view.ts'
import { findCreatorOf } from '../awards/lock-award.ts'
import { pageAwards } from '../awards/select-awards.ts'
import { findCurrentCopies } from '../credentials/current-copies.ts'
import { exportName } from '../exports/formats.ts'
import type { Job } from '../jobs/job.ts'
import { type CopyFormat, copyFormats } from '../jobs/states.ts'
import type { Issuer } from '../organisations/issuers.ts'
import type { Runtime } from '../runtime.ts'
import type { AwardToSign, CopyToSign, SigningTask } from '../signing/task.ts'
import { findBulkRefusal, type SigningAction } from './action.ts'
import type { BulkParameters } from './create-bulk-job.ts'

/** Awards of one step: one task of a thread, one transaction, and what a killed process has to do again. */
const stepAwards = 100

/** Where a step begins. */
export interface StepPlace {
  readonly after: string
  readonly done: number
  /** The last award of a step that is prepared again: what follows belongs to the next one. */
  readonly until?: string | undefined
}

/** What a step is to sign, read without locks: whatever changed until it is committed is seen then. */
export interface PreparedStep {
  readonly place: StepPlace
  /** Where the next one begins; undefined after the last. */
  readonly next: StepPlace | undefined
  /** All awards of the step, those that cannot be signed included. */
  readonly awards: readonly string[]
  readonly task: SigningTask
  /** Ids of the copies that are recorded already. */
  readonly recorded: ReadonlySet<string>
}

/** Reads the awards of a step and gives each copy that is not recorded yet an id and a place in the status lists. */
export async function prepareStep(
  runtime: Runtime,
  job: Job<BulkParameters<SigningAction>>,
  place: StepPlace,
): Promise<PreparedStep> {
  const { organisationId, parameters } = job
  const { action, until } = parameters
  const issuer = await runtime.issuers.find(organisationId)
  if (!issuer) throw new Error('A job of an organisation that is not there')
  const formats = copyFormats.filter((format) => action.formats?.includes(format) ?? true)
  const now = runtime.clock.now()
  const read = await runtime.database.inOrganisation(organisationId, async (tx) => {
    const page = {
      filter: action.filter,
      limit: stepAwards,
      after: place.after,
      until: place.until ?? until,
    }
    const rows = await pageAwards(tx, organisationId, page)
    const open = rows.filter(isSignable(action, now))
    const frames = await findFrames(runtime, tx, issuer, open)
    return { rows, open, frames, copies: await findCopies(tx, organisationId, open, formats, now) }
  })
  const { rows, open, frames, copies } = read
  const awards: AwardToSign[] = []
  for (const row of open) {
    const wanted: CopyToSign[] = []
    for (const format of formats)
      wanted.push(
        copies.get(nameCopy(row.id, format)) ??
          (await newCopy(runtime, organisationId, format, now)),
      )
    const { id, dataKey, content } = row
    // isSignable leaves no erased award: an award has both, or none.
    if (dataKey && content)
      awards.push({ id, dataKey, content, frame: frames.of(row), copies: wanted })
  }
  return {
    place,
    next: findNext(place, rows),
    awards: rows.map(({ id }) => id),
    task: { jobId: job.id, issuer: openPart(issuer), frames: frames.all, awards },
    recorded: new Set([...copies.values()].map(({ id }) => id)),
  }
}

const findNext = (place: StepPlace, rows: readonly AwardRow[]): StepPlace | undefined => {
  const last = rows.at(-1)
  return last && rows.length === stepAwards
    ? { after: last.id, done: place.done + rows.length }
    : undefined
}

/** Without what a thread cannot be given. */
const openPart = ({ organisationId, identifier, settings, sealedKey }: Issuer) => ({
  ...{ organisationId, identifier, settings },
  sealedKey: {
    organisationId,
    kid: sealedKey.kid,
    privateKey: sealedKey.privateKey,
    certificateChain: sealedKey.certificateChain,
  },
})

const isSignable = (action: SigningAction, now: Date) => (row: AwardRow) =>
  findBulkRefusal(action, { status: row.status, isErased: row.erasedAt !== null }, now) ===
  undefined

const nameCopy = (awardId: string, format: CopyFormat) => `${awardId} ${format}`

async function newCopy(
  { statusIndexes }: Runtime,
  organisationId: string,
  format: CopyFormat,
  issuedAt: Date,
): Promise<CopyToSign> {
  return { format, id: newId(), status: await statusIndexes.next(organisationId), issuedAt }
}

/** The copies there are and that have not run out, by award and format. */
async function findCopies(
  tx: Transaction,
  organisationId: string,
  open: readonly AwardRow[],
  formats: readonly CopyFormat[],
  now: Date,
): Promise<ReadonlyMap<string, CopyToSign>> {
  const found = new Map<string, CopyToSign>()
  if (open.length === 0) return found
  const byName = new Map<string, CopyFormat>(formats.map((format) => [exportName(format), format]))
  const rows = await findCurrentCopies(tx, organisationId, {
    awardIds: open.map(({ id }) => id),
    now,
    // One of each kind: the unique index says so.
    limit: open.length * (copyFormats.length + 1),
  })
  for (const row of rows) {
    const format = byName.get(row.configurationId)
    const status = { listNumber: row.statusListNumber, index: row.statusIndex }
    if (format)
      found.set(nameCopy(row.awardId, format), {
        format,
        id: row.id,
        status,
        issuedAt: row.issuedAt,
      })
  }
  return found
}

/** What the awards of one version of a definition have in common, once for all of them. */
async function findFrames(
  runtime: Runtime,
  tx: Transaction,
  { organisationId, profile }: Issuer,
  open: readonly AwardRow[],
) {
  const nameOf = (row: AwardRow) => `${row.achievementId} ${row.achievementVersion}`
  const places = new Map<string, number>()
  const all: Omit<AwardRecord, 'award'>[] = []
  for (const row of open) {
    if (places.has(nameOf(row))) continue
    const { achievementOrganisationId: creatorId, achievementId: id, achievementVersion } = row
    const achievement = await runtime.definitions.version(tx, {
      ...{ organisationId: creatorId, id, version: achievementVersion },
    })
    if (!achievement) throw new Error('An award of a definition that is not there')
    const creator = await findCreatorOf(runtime, organisationId, creatorId)
    const organisation = { id: organisationId, ...profile }
    places.set(
      nameOf(row),
      all.push({ organisation, achievement, ...(creator && { creator }) }) - 1,
    )
  }
  return { all, of: (row: AwardRow) => places.get(nameOf(row)) ?? -1 }
}
