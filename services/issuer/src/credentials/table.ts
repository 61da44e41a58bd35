import { bytea, oneOf } from '@mikromerit/service-kit'
import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
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
import { awards } from '../awards/table.ts'
import { notificationEvents } from './notification-events.ts'

/** One row per signed credential: what is needed to revoke it. The credential itself is not kept. */
export const credentials = pgTable(
  'credentials',
  {
    organisationId: text('organisation_id').notNull(),
    id: uuid('id').notNull(),
    awardId: uuid('award_id').notNull(),
    // Null for a credential that was exported, not fetched by a wallet.
    offerId: uuid('offer_id'),
    configurationId: text('configuration_id').notNull(),
    // Keyed MAC of the holder key's thumbprint: equal keys can be seen, the key cannot. Null: bound to no key.
    holderKeyMac: bytea('holder_key_mac'),
    statusListNumber: integer('status_list_number').notNull(),
    statusIndex: integer('status_index').notNull(),
    issuedAt: timestamp('issued_at', { withTimezone: true }).notNull(),
    // Null: an Open Badge of a competence that need not be renewed does not run out.
    expiresAt: timestamp('expires_at', { withTimezone: true }),
    // The copy that is bound to no key and handed out: an award has one of each kind at a time.
    isCurrentCopy: boolean('is_current_copy').notNull().default(false),
    // What the wallet last told us happened to it (OpenID4VCI 11).
    notificationEvent: text('notification_event', { enum: notificationEvents }),
    notifiedAt: timestamp('notified_at', { withTimezone: true }),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      name: 'credentials_award',
      columns: [table.organisationId, table.awardId],
      foreignColumns: [awards.organisationId, awards.id],
    }),
    index('credentials_by_award').on(table.organisationId, table.awardId),
    // I-50: an index is never used twice, whatever happens in memory.
    uniqueIndex('credentials_by_status').on(
      table.organisationId,
      table.statusListNumber,
      table.statusIndex,
    ),
    uniqueIndex('credentials_one_current_copy')
      .on(table.organisationId, table.awardId, table.configurationId)
      .where(sql`${table.isCurrentCopy}`),
    check('credentials_notification_known', oneOf(table.notificationEvent, notificationEvents)),
  ],
)
