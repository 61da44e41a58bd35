import { and, arrayContains, asc, eq, type SQL, sql } from 'drizzle-orm'
import type { Runtime } from '../runtime.ts'
import { fieldFacet, languageFacet, levelFacet } from './build-entry.ts'
import type { CatalogueQuery } from './schemas.ts'
import { catalogueEntries } from './table.ts'

export type EntryRow = Pick<
  typeof catalogueEntries.$inferSelect,
  'organisationId' | 'achievementId' | 'version' | 'content'
>

export interface EntryPosition {
  readonly organisationId: string
  readonly achievementId: string
}

export interface EntrySearch {
  readonly organisationId?: string | undefined
  readonly limit: number
  readonly after: EntryPosition | undefined
  readonly query: CatalogueQuery
}

/** Published definitions that answer a question, in the order of their organisations and ids. */
export const searchEntries = (
  { database }: Pick<Runtime, 'database'>,
  { organisationId, limit, after, query }: EntrySearch,
): Promise<EntryRow[]> =>
  database.drizzle
    .select({
      organisationId: catalogueEntries.organisationId,
      achievementId: catalogueEntries.achievementId,
      version: catalogueEntries.version,
      content: catalogueEntries.content,
    })
    .from(catalogueEntries)
    .where(
      and(
        organisationId === undefined
          ? undefined
          : eq(catalogueEntries.organisationId, organisationId),
        after &&
          sql`(${catalogueEntries.organisationId}, ${catalogueEntries.achievementId})
            > (${after.organisationId}, ${after.achievementId}::uuid)`,
        query.q === undefined ? undefined : matchWords(query.q),
        matchFacets(query),
        ...matchCredits(query),
      ),
    )
    .orderBy(asc(catalogueEntries.organisationId), asc(catalogueEntries.achievementId))
    .limit(limit)

/** In either language with its word forms, or as written, the last word perhaps unfinished. */
function matchWords(q: string): SQL {
  const words =
    q
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.slice(0, 12) ?? []
  // A question without a word finds nothing: everything would be no answer to it.
  if (words.length === 0) return sql`false`
  const asWritten = words.map((word) => `'${word}'`).join(' & ')
  return sql`${catalogueEntries.search} @@ (
    websearch_to_tsquery('swedish', ${q}) || websearch_to_tsquery('english', ${q})
    || to_tsquery('simple', ${`${asWritten}:*`}))`
}

function matchFacets(query: CatalogueQuery): SQL | undefined {
  const { level, framework = 'EQF', field, skill, language } = query
  const facets = [
    ...(level === undefined ? [] : [levelFacet(framework, level)]),
    ...(field === undefined ? [] : [fieldFacet(field)]),
    ...(skill === undefined ? [] : [`skill:${skill}`]),
    ...(language === undefined ? [] : [languageFacet(language)]),
    ...(asksForCredits(query) ? [`credits:${query.credits ?? 'ects'}`] : []),
  ]
  return facets.length > 0 ? arrayContains(catalogueEntries.facets, facets) : undefined
}

const asksForCredits = ({ credits, minCredits, maxCredits }: CatalogueQuery) =>
  credits !== undefined || minCredits !== undefined || maxCredits !== undefined

/** Hundredths, so that 7.5 is a whole number as it was stored. */
function matchCredits({ credits = 'ects', minCredits, maxCredits }: CatalogueQuery): SQL[] {
  const amount = sql`(${catalogueEntries.credits} ->> ${credits})::integer`
  return [
    ...(minCredits === undefined ? [] : [sql`${amount} >= ${Math.round(minCredits * 100)}`]),
    ...(maxCredits === undefined ? [] : [sql`${amount} <= ${Math.round(maxCredits * 100)}`]),
  ]
}
