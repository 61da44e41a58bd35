import { stockholmDate } from '@mikromerit/credentials'
import {
  type AwardImportContext,
  type ElmoIssuer,
  type ImportItem,
  readAwardCsv,
  readAwardElmo,
  readAwardJson,
  readAwardXlsx,
  readElmo,
} from '@mikromerit/exchange'
import { readFile, readWholeFile } from '../jobs/files.ts'
import type { Job } from '../jobs/job.ts'
import type { OrganisationProfile } from '../organisations/schemas.ts'
import type { Runtime } from '../runtime.ts'
import type { FileDefinitions } from './definitions.ts'
import type { ImportParameters } from './parameters.ts'

/** The awards of a job's file, in constant memory where the format allows it. */
export async function* readItems(
  runtime: Runtime,
  job: Job<ImportParameters>,
  definitions: FileDefinitions,
): AsyncGenerator<ImportItem> {
  const context: AwardImportContext = {
    findAchievement: definitions.find,
    // The day it was sent: checking and recording, and what is done again after a restart, agree.
    today: stockholmDate(job.createdAt),
  }
  const limits = { rows: runtime.config.IMPORT_MAX_ROWS }
  switch (job.parameters.format) {
    case 'csv':
      return yield* readAwardCsv(readFile(runtime, job), context, limits)
    case 'json':
      return yield* readAwardJson(readFile(runtime, job), context, limits)
    case 'xlsx':
      return yield* readAwardXlsx(await readWholeFile(runtime, job), context, limits)
    case 'elmo':
      return yield* readElmoItems(runtime, job, context)
  }
}

async function* readElmoItems(
  runtime: Runtime,
  job: Job<ImportParameters>,
  context: AwardImportContext,
): AsyncGenerator<ImportItem> {
  const bytes = await readWholeFile(runtime, job)
  const read = readElmo(bytes, { anchors: runtime.trustAnchors, now: job.createdAt })
  if (!read.ok) return yield { kind: 'failed', finding: read.finding }
  const issuer = await runtime.issuers.find(job.organisationId)
  const isOwnReport = (reported: ElmoIssuer) =>
    issuer !== undefined && isSameOrganisation(reported, job.organisationId, issuer.profile)
  yield* readAwardElmo(read.value, { ...context, isOwnReport })
}

/** Whether a report is by the organisation itself: one identifier in common, its id here, or its home page's host. */
export function isSameOrganisation(
  { identifiers, url }: ElmoIssuer,
  organisationId: string,
  { identifiers: own = [], homepage }: OrganisationProfile,
): boolean {
  const values = new Set([organisationId, ...own.map(({ value }) => simplify(value))])
  if (identifiers.some(({ value }) => values.has(simplify(value)))) return true
  const host = hostOf(url)
  return host !== undefined && host === hostOf(homepage)
}

/** Organisation numbers are written with and without their dash. */
const simplify = (value: string) =>
  value
    .trim()
    .toLowerCase()
    .replace(/^(\d{6})-(\d{4})$/, '$1$2')

function hostOf(address: string | undefined): string | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined
  return new URL(address).hostname.replace(/^www\./, '') || undefined
}
