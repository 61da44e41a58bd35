import type { PublicJwk } from '@mikromerit/credentials'
import { bytea } from '@mikromerit/service-kit'
import { jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import type { OrganisationProfile } from './schemas.ts'
import type { OrganisationSettings } from './settings.ts'

/**
 * The directory of awarding bodies. It holds only what their issuer metadata publishes anyway, so it
 * is the one table without row-level security: it says which organisations exist.
 */
export const organisations = pgTable('organisations', {
  id: text('id').primaryKey(),
  profile: jsonb('profile').$type<OrganisationProfile>().notNull(),
  // What it has switched on and decided; absent members have their defaults.
  settings: jsonb('settings').$type<OrganisationSettings>().notNull().default({}),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
})

/** The keys an organisation signs with. Old ones stay: credentials signed with them are still shown. */
export const signingKeys = pgTable(
  'signing_keys',
  {
    organisationId: text('organisation_id')
      .notNull()
      .references(() => organisations.id),
    kid: text('kid').notNull(),
    publicJwk: jsonb('public_jwk').$type<PublicJwk>().notNull(),
    // The private JWK, sealed by the vault: unreadable without the key-encryption key.
    privateKey: bytea('private_key').notNull(),
    // Base64 DER, leaf first, never the anchor: goes into the x5c header as it stands.
    certificateChain: jsonb('certificate_chain').$type<string[]>().notNull(),
    signsFrom: timestamp('signs_from', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.kid] })],
)
