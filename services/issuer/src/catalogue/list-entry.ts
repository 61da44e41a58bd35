import type { AchievementContent } from '@mikromerit/credentials'
import type { Transaction } from '@mikromerit/service-kit'
import { and, eq, sql } from 'drizzle-orm'
import { findLegalName } from '../organisations/find-legal-name.ts'
import { buildSearchableEntry, type SearchableEntry } from './build-entry.ts'
import { catalogueEntries } from './table.ts'

export interface PublishedVersion {
  readonly organisationId: string
  readonly id: string
  readonly version: number
  readonly content: AchievementContent
}

/** Puts a published version into the catalogue, in place of the one before, in the caller's transaction. */
export async function listInCatalogue(
  tx: Transaction,
  { organisationId, id: achievementId, version, content }: PublishedVersion,
  now: Date,
): Promise<void> {
  const entry = buildSearchableEntry(content, await findLegalName(tx, organisationId))
  const values = {
    version,
    content,
    search: buildSearch(entry),
    facets: entry.facets,
    credits: entry.credits,
    listedAt: now,
  }
  await tx
    .insert(catalogueEntries)
    .values({ organisationId, achievementId, ...values })
    .onConflictDoUpdate({
      target: [catalogueEntries.organisationId, catalogueEntries.achievementId],
      set: values,
    })
}

/** Takes a definition out of the catalogue. */
export async function removeFromCatalogue(
  tx: Transaction,
  { organisationId, id }: { readonly organisationId: string; readonly id: string },
): Promise<void> {
  await tx
    .delete(catalogueEntries)
    .where(
      and(
        eq(catalogueEntries.organisationId, organisationId),
        eq(catalogueEntries.achievementId, id),
      ),
    )
}

/** Stemmed by language, and as written for beginnings of words and other languages; titles weigh more. */
const buildSearch = ({ title, text }: SearchableEntry) => {
  const all = [...Object.values(title), ...Object.values(text)].join('\n')
  return sql<string>`setweight(to_tsvector('swedish', ${title.sv}), 'A')
    || setweight(to_tsvector('english', ${title.en}), 'A')
    || to_tsvector('swedish', ${text.sv}) || to_tsvector('english', ${text.en})
    || to_tsvector('simple', ${all})`
}
