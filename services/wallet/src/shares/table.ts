import { bytea } from '@mikromerit/service-kit'
import {
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { credentials } from '../credentials/table.ts'

/**
 * One row per link under which whoever has it sees a credential. The link's secret is not kept: only a keyed hash
 * of it, by which the row is found. A share goes with its credential.
 */
export const shares = pgTable(
  'shares',
  {
    holderId: text('holder_id').notNull(),
    id: uuid('id').notNull(),
    credentialId: uuid('credential_id').notNull(),
    secretMac: bytea('secret_mac').notNull(),
    sealedShare: bytea('sealed_share').notNull(),
    views: integer('views').notNull().default(0),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.holderId, table.id] }),
    foreignKey({
      columns: [table.holderId, table.credentialId],
      foreignColumns: [credentials.holderId, credentials.id],
    }).onDelete('cascade'),
    index('shares_by_credential').on(table.holderId, table.credentialId),
    // Whoever opens a link is nobody's subject: its hash is all there is to find the row by.
    uniqueIndex('shares_by_secret').on(table.secretMac),
    // For the purge, which looks at all learners' rows at once.
    index('shares_by_expiry').on(table.expiresAt),
  ],
)
