import { bytea } from '@mikromerit/service-kit'
import { jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/** Keys that sign our request objects. The newest signs new requests; older ones finish what is open. */
export const signingKeys = pgTable('signing_keys', {
  kid: text('kid').primaryKey(),
  sealedPrivateKey: bytea('sealed_private_key').notNull(),
  // Base64 DER: leaf, then the authorities above it, never the anchor.
  certificates: jsonb('certificates').$type<string[]>().notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
})
