import { bytea, oneOf } from '@mikromerit/service-kit'
import { check, index, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { holders } from '../holders/table.ts'

/** pending → redeeming → accepted or dead; pending → declined. A redeeming row whose lease ran out is pending again. */
const offerStates = ['pending', 'redeeming', 'accepted', 'declined', 'dead'] as const

/** One row per offer a learner was shown. Codes and tokens are only ever here, sealed. */
export const offers = pgTable(
  'offers',
  {
    holderId: text('holder_id')
      .notNull()
      .references(() => holders.holderId, { onDelete: 'cascade' }),
    id: uuid('id').notNull(),
    state: text('state', { enum: offerStates }).notNull().default('pending'),
    sealedOffer: bytea('sealed_offer').notNull(),
    // The access token and holder keys of a redemption under way: a crash after the code was used
    // up loses nothing, the next accept continues from here.
    sealedSession: bytea('sealed_session'),
    leasedUntil: timestamp('leased_until', { withTimezone: true }),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.holderId, table.id] }),
    // For the purge, which looks at all learners' rows at once.
    index('offers_by_expiry').on(table.expiresAt),
    check('offers_state', oneOf(table.state, offerStates)),
  ],
)
