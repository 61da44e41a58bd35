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
import type { AchievementContent } from './schemas.ts'

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
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id, table.version] }),
    check('achievements_version', sql`${table.version} > 0`),
  ],
)
