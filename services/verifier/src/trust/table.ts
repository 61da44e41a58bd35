import type { LegalName, MayAward, PublicJwk } from '@mikromerit/credentials'
import { jsonb, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'

/** Issuers this verifier knows: who they are, what they may award, since and until when. */
export const trustedIssuers = pgTable(
  'trusted_issuers',
  {
    id: text('id').primaryKey(),
    identifier: text('identifier').notNull(),
    legalName: jsonb('legal_name').$type<LegalName>().notNull(),
    since: timestamp('since', { withTimezone: true }).notNull(),
    until: timestamp('until', { withTimezone: true }),
    mayAward: jsonb('may_award').$type<MayAward>(),
    keys: jsonb('keys').$type<PublicJwk[]>(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
  },
  (table) => [uniqueIndex('trusted_issuers_by_identifier').on(table.identifier)],
)

/** Certificate authorities whose issuers we believe, besides those of TRUST_ANCHORS_FILE. */
export const trustAnchors = pgTable('trust_anchors', {
  id: text('id').primaryKey(),
  label: text('label').notNull(),
  pem: text('pem').notNull(),
  since: timestamp('since', { withTimezone: true }).notNull(),
  until: timestamp('until', { withTimezone: true }),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
})
