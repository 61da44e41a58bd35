import { awardStatuses } from '@mikromerit/credentials'
import { bytea, oneOf } from '@mikromerit/service-kit'
import { sql } from 'drizzle-orm'
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
    // Who created the definition: another organisation when the right to award it was delegated.
    achievementOrganisationId: text('achievement_organisation_id').notNull(),
    achievementId: uuid('achievement_id').notNull(),
    achievementVersion: integer('achievement_version').notNull(),
    awardedOn: date('awarded_on', { mode: 'string' }).notNull(),
    status: text('status', { enum: awardStatuses }).notNull(),
    // The register's own id of this award: the same award sent twice is one award.
    sourceReference: text('source_reference'),
    // The job that recorded it, and a keyed MAC of what its row said: the same row sent twice is one award.
    importId: uuid('import_id'),
    importDigest: bytea('import_digest'),
    // Everything about the learner, sealed under the award's own data key. Destroying the key erases it.
    dataKey: bytea('data_key'),
    content: bytea('content'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    erasedAt: timestamp('erased_at', { withTimezone: true }),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      name: 'awards_achievement',
      columns: [table.achievementOrganisationId, table.achievementId, table.achievementVersion],
      foreignColumns: [achievements.organisationId, achievements.id, achievements.version],
    }),
    index('awards_by_achievement').on(table.organisationId, table.achievementId, table.id),
    uniqueIndex('awards_by_source')
      .on(table.organisationId, table.sourceReference)
      .where(sql`${table.sourceReference} is not null`),
    index('awards_by_import')
      .on(table.organisationId, table.importId, table.id)
      .where(sql`${table.importId} is not null`),
    uniqueIndex('awards_by_import_digest')
      .on(table.organisationId, table.importDigest)
      .where(sql`${table.importDigest} is not null`),
    check('awards_status_known', oneOf(table.status, awardStatuses)),
    // Either all of the learner is there, or nothing is.
    check(
      'awards_erased',
      sql`(${table.erasedAt} is null) = (${table.dataKey} is not null and ${table.content} is not null)`,
    ),
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
    // A reason may name the learner, so it is sealed like the award itself; none is kept once that is erased.
    reason: bytea('reason'),
    decidedBy: text('decided_by').notNull(),
    decidedAt: timestamp('decided_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.awardId, table.id] }),
    foreignKey({
      name: 'award_status_changes_award',
      columns: [table.organisationId, table.awardId],
      foreignColumns: [awards.organisationId, awards.id],
    }),
    check('award_status_changes_known', oneOf(table.status, awardStatuses)),
  ],
)
