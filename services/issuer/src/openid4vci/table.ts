import { pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'

/**
 * Nonces that were used. A c_nonce is a sealed token of its own; only its use is recorded, in the
 * transaction that issues the credential, so it works once across replicas and restarts (S-01).
 */
export const usedNonces = pgTable(
  'used_nonces',
  {
    organisationId: text('organisation_id').notNull(),
    id: uuid('id').notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
)
