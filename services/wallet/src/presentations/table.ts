import { bytea, oneOf } from '@mikromerit/service-kit'
import { check, index, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { holders } from '../holders/table.ts'

/** pending → sending → submitted, declined or failed. A sending row whose lease ran out is pending again. */
const presentationStates = ['pending', 'sending', 'submitted', 'declined', 'failed'] as const

/** One row per verifier's request a learner was shown. */
export const presentations = pgTable(
  'presentations',
  {
    holderId: text('holder_id')
      .notNull()
      .references(() => holders.holderId, { onDelete: 'cascade' }),
    id: uuid('id').notNull(),
    state: text('state', { enum: presentationStates }).notNull().default('pending'),
    sealedRequest: bytea('sealed_request').notNull(),
    leasedUntil: timestamp('leased_until', { withTimezone: true }),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.holderId, table.id] }),
    // For the purge, which looks at all learners' rows at once.
    index('presentations_by_expiry').on(table.expiresAt),
    check('presentations_state', oneOf(table.state, presentationStates)),
  ],
)
