import { bytea, oneOf } from '@mikromerit/service-kit'
import { check, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { holders } from '../holders/table.ts'
import { historyEvents } from './events.ts'

/** What happened with a learner's credentials. Rows are added, never changed (see the migration's policies). */
export const history = pgTable(
  'history',
  {
    holderId: text('holder_id')
      .notNull()
      .references(() => holders.holderId, { onDelete: 'cascade' }),
    id: uuid('id').notNull(),
    event: text('event', { enum: historyEvents }).notNull(),
    sealedDetail: bytea('sealed_detail').notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.holderId, table.id] }),
    check('history_event', oneOf(table.event, historyEvents)),
  ],
)
