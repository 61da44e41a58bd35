import type { AchievementContent } from '@mikromerit/credentials'
import { sql } from 'drizzle-orm'
import {
  check,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { organisations } from '../organisations/table.ts'

/** One row per version of a definition, never changed once stored: awards point at a version. */
export const achievements = pgTable(
  'achievements',
  {
    organisationId: text('organisation_id')
      .notNull()
      .references(() => organisations.id),
    id: uuid('id').notNull(),
    version: integer('version').notNull(),
    content: jsonb('content').$type<AchievementContent>().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    // Null is a draft: neither open for awards nor in the catalogue.
    publishedAt: timestamp('published_at', { withTimezone: true }),
    // Set on the newest version: no further awards. A version stored after it opens the definition again.
    archivedAt: timestamp('archived_at', { withTimezone: true }),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id, table.version] }),
    check('achievements_version', sql`${table.version} > 0`),
  ],
)
