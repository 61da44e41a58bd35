import { bytea } from '@mikromerit/service-kit'
import { index, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { holders } from '../holders/table.ts'

/** One row per credential held. Even its type is sealed: what someone has learned is personal. */
export const credentials = pgTable(
  'credentials',
  {
    holderId: text('holder_id')
      .notNull()
      .references(() => holders.holderId, { onDelete: 'cascade' }),
    id: uuid('id').notNull(),
    sealedCredential: bytea('sealed_credential').notNull(),
    // The private key the credential is bound to (W-15: one per credential); deleted with the row.
    sealedKey: bytea('sealed_key').notNull(),
    receivedAt: timestamp('received_at', { withTimezone: true }).notNull(),
    // Keyed, and by learner: by which the other credentials of its award are found without opening any.
    awardMac: bytea('award_mac'),
    offerMac: bytea('offer_mac'),
    // What the issuer said of it last, and when it was asked; apart from the credential, which never changes.
    sealedStatus: bytea('sealed_status'),
    statusCheckedAt: timestamp('status_checked_at', { withTimezone: true }),
  },
  (table) => [
    primaryKey({ columns: [table.holderId, table.id] }),
    index('credentials_by_award').on(table.holderId, table.awardMac),
    index('credentials_by_offer').on(table.holderId, table.offerMac),
  ],
)
