import { bytea } from '@mikromerit/service-kit'
import { pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { holders } from '../holders/table.ts'

/**
 * One row per record a learner brought along. A table of its own: nothing in it was issued to this wallet, and nothing
 * in it can be presented as a credential.
 */
export const records = pgTable(
  'records',
  {
    holderId: text('holder_id')
      .notNull()
      .references(() => holders.holderId, { onDelete: 'cascade' }),
    id: uuid('id').notNull(),
    // Of the file's bytes and where in it the record stands, keyed: the same file twice is one.
    digest: bytea('digest').notNull(),
    sealedRecord: bytea('sealed_record').notNull(),
    importedAt: timestamp('imported_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.holderId, table.id] }),
    uniqueIndex('records_by_digest').on(table.holderId, table.digest),
  ],
)
