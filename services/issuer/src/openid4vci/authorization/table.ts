import { bytea, oneOf } from '@mikromerit/service-kit'
import {
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { stages } from './stages.ts'

/**
 * One row per authorization a wallet asks for, from the pushed request to the last refresh. Each step moves it on by
 * one stage, in one transaction: what belongs to a stage works once, on whichever replica (S-01). Its request URI,
 * state and code are keyed MACs of the row's key, and are not stored.
 */
export const authorizations = pgTable(
  'authorizations',
  {
    organisationId: text('organisation_id').notNull(),
    id: uuid('id').notNull(),
    stage: text('stage', { enum: stages }).notNull(),
    // The request and what was found for it, sealed.
    content: bytea('content').notNull(),
    // Of refresh tokens: only the newest is good.
    generation: integer('generation').notNull().default(0),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    index('authorizations_by_expiry').on(table.organisationId, table.expiresAt),
    check('authorizations_stage_known', oneOf(table.stage, stages)),
  ],
)
