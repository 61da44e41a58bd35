import type { ImportFinding } from '@mikromerit/exchange'
import { bytea, oneOf } from '@mikromerit/service-kit'
import {
  boolean,
  check,
  foreignKey,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { copyFormats, jobKinds, jobStates, rowOutcomes } from './states.ts'

/** Long work of an organisation: what was asked, how far it is, how it ended. */
export const jobs = pgTable(
  'jobs',
  {
    organisationId: text('organisation_id').notNull(),
    id: uuid('id').notNull(),
    kind: text('kind', { enum: jobKinds }).notNull(),
    state: text('state', { enum: jobStates }).notNull(),
    isDryRun: boolean('is_dry_run').notNull(),
    // What was asked for, the file's header and its rows may name learners: sealed under the job's own key.
    dataKey: bytea('data_key').notNull(),
    parameters: bytea('parameters').notNull(),
    header: bytea('header'),
    // Where to go on. It moves in the transaction that records what was done up to there.
    phase: text('phase').notNull(),
    position: text('position').notNull(),
    total: integer('total'),
    done: integer('done').notNull().default(0),
    succeeded: integer('succeeded').notNull().default(0),
    unchanged: integer('unchanged').notNull().default(0),
    refused: integer('refused').notNull().default(0),
    // About the file as a whole. Findings never repeat what stood there.
    findings: jsonb('findings').$type<ImportFinding[]>().notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    startedAt: timestamp('started_at', { withTimezone: true }),
    finishedAt: timestamp('finished_at', { withTimezone: true }),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    check('jobs_kind_known', oneOf(table.kind, jobKinds)),
    check('jobs_state_known', oneOf(table.state, jobStates)),
  ],
)

/** The file a job reads, in sealed pieces. Gone when the job has ended. */
export const jobFiles = pgTable(
  'job_files',
  {
    organisationId: text('organisation_id').notNull(),
    jobId: uuid('job_id').notNull(),
    number: integer('number').notNull(),
    bytes: bytea('bytes').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.jobId, table.number] }),
    foreignKey({
      name: 'job_files_job',
      columns: [table.organisationId, table.jobId],
      foreignColumns: [jobs.organisationId, jobs.id],
    }).onDelete('cascade'),
  ],
)

/** What became of each row of the file, or of each award. */
export const jobRows = pgTable(
  'job_rows',
  {
    organisationId: text('organisation_id').notNull(),
    jobId: uuid('job_id').notNull(),
    number: integer('number').notNull(),
    outcome: text('outcome', { enum: rowOutcomes }).notNull(),
    awardId: uuid('award_id'),
    // Findings, the row as it stood, an offer: sealed under the job's key.
    details: bytea('details'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.jobId, table.number] }),
    foreignKey({
      name: 'job_rows_job',
      columns: [table.organisationId, table.jobId],
      foreignColumns: [jobs.organisationId, jobs.id],
    }).onDelete('cascade'),
    check('job_rows_outcome_known', oneOf(table.outcome, rowOutcomes)),
  ],
)

/** The credentials a job signed, to be fetched as a file. Gone with the job. */
export const jobCredentials = pgTable(
  'job_credentials',
  {
    organisationId: text('organisation_id').notNull(),
    jobId: uuid('job_id').notNull(),
    number: integer('number').notNull(),
    format: text('format', { enum: copyFormats }).notNull(),
    awardId: uuid('award_id').notNull(),
    // Sealed under the key of its award: erasing the learner erases it here, too.
    credential: bytea('credential').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.jobId, table.number, table.format] }),
    foreignKey({
      name: 'job_credentials_job',
      columns: [table.organisationId, table.jobId],
      foreignColumns: [jobs.organisationId, jobs.id],
    }).onDelete('cascade'),
    check('job_credentials_format_known', oneOf(table.format, copyFormats)),
  ],
)

/**
 * Which jobs wait or run, and on whose lease. The one table whose rows every replica sees whatever the organisation:
 * it says that there is work, and nothing of what it is about.
 */
export const jobQueue = pgTable(
  'job_queue',
  {
    organisationId: text('organisation_id').notNull(),
    jobId: uuid('job_id').notNull(),
    lease: uuid('lease'),
    leasedUntil: timestamp('leased_until', { withTimezone: true }).notNull(),
    attempts: integer('attempts').notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.jobId] }),
    foreignKey({
      name: 'job_queue_job',
      columns: [table.organisationId, table.jobId],
      foreignColumns: [jobs.organisationId, jobs.id],
    }).onDelete('cascade'),
  ],
)
