import { replacementReasons } from '@mikromerit/credentials'
import { oneOf } from '@mikromerit/service-kit'
import {
  check,
  foreignKey,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { awards } from '../awards/table.ts'

/** One row per award that gave way to another: a chain, never a tree. No free text and nothing of the learner. */
export const replacements = pgTable(
  'replacements',
  {
    organisationId: text('organisation_id').notNull(),
    awardId: uuid('award_id').notNull(),
    replacedBy: uuid('replaced_by').notNull(),
    reason: text('reason', { enum: replacementReasons }).notNull(),
    replacedAt: timestamp('replaced_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    // An award is replaced once: whoever corrects it again corrects its successor.
    primaryKey({ columns: [table.organisationId, table.awardId] }),
    uniqueIndex('replacements_by_successor').on(table.organisationId, table.replacedBy),
    foreignKey({
      name: 'replacements_award',
      columns: [table.organisationId, table.awardId],
      foreignColumns: [awards.organisationId, awards.id],
    }),
    foreignKey({
      name: 'replacements_successor',
      columns: [table.organisationId, table.replacedBy],
      foreignColumns: [awards.organisationId, awards.id],
    }),
    check('replacements_reason_known', oneOf(table.reason, replacementReasons)),
  ],
)
