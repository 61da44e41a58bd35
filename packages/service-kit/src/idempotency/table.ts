import { index, pgTable, primaryKey, smallint, text, timestamp } from 'drizzle-orm/pg-core'
import { bytea } from '../database/columns.ts'

/** What was answered to which idempotency key. Every service exports it among its tables. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    organisationId: text('organisation_id').notNull(),
    key: text('key').notNull(),
    /** SHA-256 over the request: the same key with another request is a mistake. */
    fingerprint: bytea('fingerprint').notNull(),
    status: smallint('status'),
    /** Answers hold personal data and codes that are told once: sealed. */
    response: bytea('response'),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.key] }),
    index('idempotency_keys_by_expiry').on(table.expiresAt),
  ],
)
