import { bytea, oneOf } from '@mikromerit/service-kit'
import { sql } from 'drizzle-orm'
import {
  check,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { Purpose } from './purpose.ts'

/** open → answered or declined, once. Whether an open one was fetched or has expired is read from its times. */
export const outcomes = ['open', 'answered', 'declined'] as const

/** What the asker sees: one row per request, seen only by its owner (row-level security). */
export const presentationRequests = pgTable(
  'presentation_requests',
  {
    // The asker: "organisation/…" or "subject/…"; see access/owner.ts.
    ownerId: text('owner_id').notNull(),
    id: uuid('id').notNull(),
    outcome: text('outcome', { enum: outcomes }).notNull().default('open'),
    purpose: jsonb('purpose').$type<Purpose>().notNull(),
    policyId: text('policy_id'),
    // The error code a wallet declined with.
    walletError: text('wallet_error'),
    // Personal data of the learner: sealed, and deleted with the row.
    sealedReport: bytea('sealed_report'),
    // V-10: with a redirect, the report is for the browser that came back with the code.
    responseCodeDigest: bytea('response_code_digest'),
    // S-16: the browser that opened the page of the request first; no other is shown anything.
    pageSessionDigest: bytea('page_session_digest'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    answeredAt: timestamp('answered_at', { withTimezone: true }),
  },
  (table) => [
    primaryKey({ columns: [table.ownerId, table.id] }),
    check('presentation_requests_outcome', oneOf(table.outcome, outcomes)),
  ],
)

/**
 * What the wallet meets: found by the secret in the request URI, so by whoever holds that and nobody
 * else. Holds nothing about a learner; the secrets go when the request is answered or expires (V-03).
 */
export const walletRequests = pgTable(
  'wallet_requests',
  {
    // SHA-256 of the secret in the address: a copy of the table opens no request.
    handle: bytea('handle').primaryKey(),
    ownerId: text('owner_id').notNull(),
    requestId: uuid('request_id').notNull(),
    // The signing key whose certificate is the client identifier of this request (V-35).
    signingKeyId: text('signing_key_id').notNull(),
    sealedSecrets: bytea('sealed_secrets'),
    fetchedAt: timestamp('fetched_at', { withTimezone: true }),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    deleteAt: timestamp('delete_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    uniqueIndex('wallet_requests_by_request').on(table.ownerId, table.requestId),
    // Only those whose secrets are still to be destroyed.
    index('wallet_requests_by_expiry')
      .on(table.expiresAt)
      .where(sql`${table.sealedSecrets} is not null`),
    index('wallet_requests_by_deletion').on(table.deleteAt),
  ],
)
