import { bytea } from '@mikromerit/service-kit'
import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core'
import { organisations } from '../organisations/table.ts'

/** One row per list of an organisation. `nextCounter` only grows, by blocks: nothing is used twice. */
export const statusLists = pgTable(
  'status_lists',
  {
    organisationId: text('organisation_id')
      .notNull()
      .references(() => organisations.id),
    number: integer('number').notNull(),
    size: integer('size').notNull(),
    nextCounter: integer('next_counter').notNull().default(0),
    // Key of the permutation from counter to index, sealed: who has it can tell the order of issuing.
    permutationKey: bytea('permutation_key').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.number] }),
    check('status_lists_counter', sql`${table.nextCounter} between 0 and ${table.size}`),
  ],
)

/** The list's bytes in pages. A page exists once a status on it differs from valid. */
export const statusListPages = pgTable(
  'status_list_pages',
  {
    organisationId: text('organisation_id').notNull(),
    listNumber: integer('list_number').notNull(),
    page: integer('page').notNull(),
    bytes: bytea('bytes').notNull(),
    // Grows by one at each change: the sum over a list's pages is the list's revision.
    revision: integer('revision').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.listNumber, table.page] }),
    foreignKey({
      name: 'status_list_pages_list',
      columns: [table.organisationId, table.listNumber],
      foreignColumns: [statusLists.organisationId, statusLists.number],
    }),
  ],
)
