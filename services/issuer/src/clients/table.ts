import { jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import { organisations } from '../organisations/table.ts'
import type { WalletClientDraft } from './schemas.ts'

/** Wallets that an organisation lets ask for authorization: public clients, known by where they may be sent back to. */
export const walletClients = pgTable(
  'wallet_clients',
  {
    organisationId: text('organisation_id')
      .notNull()
      .references(() => organisations.id),
    id: text('id').notNull(),
    content: jsonb('content').$type<WalletClientDraft>().notNull(),
    changedAt: timestamp('changed_at', { withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
)
