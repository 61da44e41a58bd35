import type { AchievementContent } from '@mikromerit/credentials'
import {
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { organisations } from '../organisations/table.ts'

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

/**
 * The newest published version of each definition, prepared for searching. A public directory: everybody reads it,
 * an organisation writes its own rows only. Written in the transaction that publishes, archives or replaces.
 */
export const catalogueEntries = pgTable(
  'catalogue_entries',
  {
    organisationId: text('organisation_id')
      .notNull()
      .references(() => organisations.id),
    achievementId: uuid('achievement_id').notNull(),
    version: integer('version').notNull(),
    content: jsonb('content').$type<AchievementContent>().notNull(),
    search: tsvector('search').notNull(),
    // What can be filtered by: `level:EQF:6`, `field:06`, `skill:<uri>`, `language:sv`, `credits:ects`.
    facets: text('facets').array().notNull(),
    // Hundredths of credits by code of their system.
    credits: jsonb('credits').$type<Readonly<Record<string, number>>>().notNull(),
    listedAt: timestamp('listed_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.achievementId] }),
    // An id without its organisation: whose definition is it?
    index('catalogue_entries_by_achievement').on(table.achievementId),
    index('catalogue_entries_search').using('gin', table.search),
    index('catalogue_entries_facets').using('gin', table.facets),
  ],
)
