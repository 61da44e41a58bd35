import { bytea } from '@mikromerit/service-kit'
import { pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/**
 * One row per learner, keyed by the access token's subject. Everything personal in the other tables
 * is sealed under this row's data key: deleting the row makes it unreadable, also in backups (S-33).
 */
export const holders = pgTable('holders', {
  holderId: text('holder_id').primaryKey(),
  dataKey: bytea('data_key').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
})
