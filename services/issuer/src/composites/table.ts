import { bytea, oneOf } from '@mikromerit/service-kit'
import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { achievements } from '../achievements/table.ts'
import { awards } from '../awards/table.ts'
import { compositeStates } from './states.ts'

/** One row per request to a learner to show the parts of a composite micro-credential. */
export const compositeRequests = pgTable(
  'composite_requests',
  {
    organisationId: text('organisation_id').notNull(),
    id: uuid('id').notNull(),
    achievementOrganisationId: text('achievement_organisation_id').notNull(),
    achievementId: uuid('achievement_id').notNull(),
    achievementVersion: integer('achievement_version').notNull(),
    state: text('state', { enum: compositeStates }).notNull(),
    // The verifier's own id of the presentation request; no wallet gets to know it.
    presentationRequestId: uuid('presentation_request_id').notNull(),
    // What was asked and answered, sealed: it says what a learner showed and holds what redeems the offer.
    content: bytea('content').notNull(),
    awardId: uuid('award_id'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    settledAt: timestamp('settled_at', { withTimezone: true }),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      name: 'composite_requests_achievement',
      columns: [table.achievementOrganisationId, table.achievementId, table.achievementVersion],
      foreignColumns: [achievements.organisationId, achievements.id, achievements.version],
    }),
    foreignKey({
      name: 'composite_requests_award',
      columns: [table.organisationId, table.awardId],
      foreignColumns: [awards.organisationId, awards.id],
    }),
    // What still has to be looked after.
    index('composite_requests_open')
      .on(table.organisationId, table.expiresAt)
      .where(sql`${table.state} = 'pending'`),
    check('composite_requests_state', oneOf(table.state, compositeStates)),
    check(
      'composite_requests_settled',
      sql`(${table.settledAt} is null) = (${table.state} = 'pending')`,
    ),
    check(
      'composite_requests_fulfilled',
      sql`(${table.awardId} is not null) = (${table.state} = 'fulfilled')`,
    ),
  ],
)
