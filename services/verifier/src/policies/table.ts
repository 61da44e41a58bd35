import { jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import type { PolicyDraft } from './schemas.ts'

/** What an asker accepts, by a name of the asker's own. */
export const policies = pgTable(
  'policies',
  {
    ownerId: text('owner_id').notNull(),
    id: text('id').notNull(),
    content: jsonb('content').$type<PolicyDraft>().notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.ownerId, table.id] })],
)
