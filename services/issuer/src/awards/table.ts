import { awardStatuses } from '@mikromerit/credentials'
import { bytea, oneOf } from '@mikromerit/service-kit'
import {
  check,
  date,
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
import { achievements } from '../achievements/table.ts'

/** One row per award: the truth from which credentials are projected. */
export const awards = pgTable(
  'awards',
  {
    organisationId: text('organisation_id').notNull(),
    id: uuid('id').notNull(),
    achievementId: uuid('achievement_id').notNull(),
    achievementVersion: integer('achievement_version').notNull(),
    awardedOn: date('awarded_on', { mode: 'string' }).notNull(),
    status: text('status', { enum: awardStatuses }).notNull(),
    // The register's own id of this award: the same award sent twice is one award.
    sourceReference: text('source_reference'),
    // Keyed MAC of what was sent: tells "the same again" from "something else" without the content.
    fingerprint: bytea('fingerprint').notNull(),
    // Everything about the learner, sealed under the award's own data key. Destroying the key erases it.
    dataKey: bytea('data_key').notNull(),
    content: bytea('content').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.achievementId, table.achievementVersion],
      foreignColumns: [achievements.organisationId, achievements.id, achievements.version],
    }),
    index('awards_by_achievement').on(table.organisationId, table.achievementId, table.id),
    uniqueIndex('awards_by_source').on(table.organisationId, table.sourceReference),
    check('awards_status_known', oneOf(table.status, awardStatuses)),
  ],
)

/** Every change of an award's status, appended, never edited: who decided what, and why. */
export const awardStatusChanges = pgTable(
  'award_status_changes',
  {
    organisationId: text('organisation_id').notNull(),
    awardId: uuid('award_id').notNull(),
    id: uuid('id').notNull(),
    status: text('status', { enum: awardStatuses }).notNull(),
    // A reason may name the learner, so it is sealed like the award itself.
    reason: bytea('reason').notNull(),
    decidedBy: text('decided_by').notNull(),
    decidedAt: timestamp('decided_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.awardId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.awardId],
      foreignColumns: [awards.organisationId, awards.id],
    }),
    check('award_status_changes_known', oneOf(table.status, awardStatuses)),
  ],
)
