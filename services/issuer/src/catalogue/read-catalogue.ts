import {
  type AchievementContent,
  projectDefinition,
  scoreCompleteness,
} from '@mikromerit/credentials'
import { decodeCursor, Problem, toPage } from '@mikromerit/service-kit'
import { findAchievement } from '../achievements/find-achievement.ts'
import { buildIdentifier } from '../organisations/identifier.ts'
import type { Runtime } from '../runtime.ts'
import type { CatalogueEntry, CatalogueQuery, EntryParams } from './schemas.ts'
import { type EntryPosition, searchEntries } from './search-entries.ts'

interface Page<Item> {
  readonly items: Item[]
  readonly nextCursor?: string
}

interface Definition extends EntryPosition {
  readonly version: number
  readonly content: AchievementContent
  readonly status: 'published' | 'archived'
}

/**
 * A page of the catalogue, across organisations or of one.
 * @throws Problem organisation-not-found, validation-failed for a cursor that is none
 */
export async function readCatalogue(
  runtime: Runtime,
  organisationId: string | undefined,
  query: CatalogueQuery,
): Promise<Page<CatalogueEntry>> {
  if (organisationId !== undefined && !(await runtime.issuers.find(organisationId)))
    throw new Problem('organisation-not-found')
  const { limit, cursor } = query
  const after = cursor === undefined ? undefined : parsePosition(cursor)
  const rows = await searchEntries(runtime, { organisationId, limit: limit + 1, after, query })
  const { items, ...page } = toPage(
    rows,
    limit,
    (row) => `${row.organisationId}/${row.achievementId}`,
  )
  const entries = items.map((row) => describeEntry(runtime, { ...row, status: 'published' }))
  return { ...page, items: await Promise.all(entries) }
}

const position = /^[a-z0-9-]{1,64}\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function parsePosition(cursor: string): EntryPosition {
  const [organisationId = '', achievementId = ''] = decodeCursor(cursor, position).split('/')
  return { organisationId, achievementId }
}

/**
 * One definition by its address, also an archived one: credentials refer to it for ever. Drafts are nobody's business.
 * @throws Problem achievement-not-found
 */
export async function readEntry(
  runtime: Runtime,
  { organisation: organisationId, achievement: id }: EntryParams,
  version: number | undefined,
): Promise<CatalogueEntry> {
  const found = (await runtime.issuers.find(organisationId))
    ? await runtime.database.inOrganisation(organisationId, (tx) =>
        findAchievement(tx, { organisationId, id, version }),
      )
    : undefined
  if (!found || found.status === 'draft') throw new Problem('achievement-not-found')
  const { id: achievementId, version: number, status, createdAt: _, ...content } = found
  return describeEntry(runtime, { organisationId, achievementId, version: number, status, content })
}

/** The same as JSON-LD: the Qualification that credentials specify. */
export async function readEntryAsJsonLd(
  runtime: Runtime,
  params: EntryParams,
  version: number | undefined,
): Promise<Readonly<Record<string, unknown>>> {
  const {
    url: _,
    status: __,
    completeness: ___,
    organisation,
    ...achievement
  } = await readEntry(runtime, params, version)
  const { id, credentialIssuer: issuer } = organisation
  const profile = await findProfile(runtime, id)
  const contextUrl = `${runtime.config.PUBLIC_URL}/contexts/elm-vc2/v1`
  return projectDefinition(achievement, { id, ...profile }, { issuer, contextUrl })
}

async function describeEntry(runtime: Runtime, definition: Definition): Promise<CatalogueEntry> {
  const { organisationId, achievementId: id, version, content, status } = definition
  const credentialIssuer = buildIdentifier(runtime.config.PUBLIC_URL, organisationId)
  const profile = await findProfile(runtime, organisationId)
  const { legalName, country } = profile
  return {
    url: `${credentialIssuer}/achievements/${id}`,
    organisation: { id: organisationId, legalName, country, credentialIssuer },
    status,
    completeness: scoreCompleteness(content, profile),
    id,
    version,
    ...content,
  }
}

async function findProfile({ issuers }: Runtime, organisationId: string) {
  const issuer = await issuers.find(organisationId)
  if (!issuer) throw new Problem('organisation-not-found')
  return issuer.profile
}
