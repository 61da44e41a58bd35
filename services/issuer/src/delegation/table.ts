import { sql } from 'drizzle-orm'
import { check, date, index, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { organisations } from '../organisations/table.ts'

/**
 * The right to award a definition, given by its creator to another organisation. A row is history: it is withdrawn,
 * never deleted, and a new right is a new row.
 */
export const delegations = pgTable(
  'delegations',
  {
    organisationId: text('organisation_id')
      .notNull()
      .references(() => organisations.id),
    achievementId: uuid('achievement_id').notNull(),
    id: uuid('id').notNull(),
    delegateId: text('delegate_id')
      .notNull()
      .references(() => organisations.id),
    // First and last day of awards, as in Sweden.
    validFrom: date('valid_from', { mode: 'string' }).notNull(),
    validUntil: date('valid_until', { mode: 'string' }),
    grantedBy: text('granted_by').notNull(),
    grantedAt: timestamp('granted_at', { withTimezone: true }).notNull(),
    withdrawnBy: text('withdrawn_by'),
    withdrawnAt: timestamp('withdrawn_at', { withTimezone: true }),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.achievementId, table.id] }),
    // The delegate's own view of what it may award.
    index('delegations_by_delegate').on(
      table.delegateId,
      table.achievementId,
      table.organisationId,
      table.id,
    ),
    check('delegations_to_another', sql`${table.delegateId} <> ${table.organisationId}`),
    check(
      'delegations_period',
      sql`${table.validUntil} is null or ${table.validUntil} >= ${table.validFrom}`,
    ),
    check(
      'delegations_withdrawn',
      sql`(${table.withdrawnAt} is null) = (${table.withdrawnBy} is null)`,
    ),
  ],
)
