import { bytea } from '@mikromerit/service-kit'
import {
  foreignKey,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { awards } from '../awards/table.ts'
import { offerGrants } from './grants.ts'

/**
 * One row per credential offer. Neither the offer's address nor its pre-authorized code is stored:
 * both are keyed MACs of the row's key (offer-codes.ts), so a copy of the table opens nothing.
 */
export const offers = pgTable(
  'offers',
  {
    organisationId: text('organisation_id').notNull(),
    id: uuid('id').notNull(),
    awardId: uuid('award_id').notNull(),
    configurationIds: text('configuration_ids').array().notNull(),
    grants: text('grants', { enum: offerGrants })
      .array()
      .notNull()
      .default(['pre-authorized_code']),
    // Keyed MAC of the transaction code; null when none is asked for.
    txCodeMac: bytea('tx_code_mac'),
    wrongTxCodes: smallint('wrong_tx_codes').notNull().default(0),
    redeemedAt: timestamp('redeemed_at', { withTimezone: true }),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      name: 'offers_award',
      columns: [table.organisationId, table.awardId],
      foreignColumns: [awards.organisationId, awards.id],
    }),
  ],
)
