import type { Database } from '@mikromerit/service-kit'
import { and, eq, gt, isNotNull, sql } from 'drizzle-orm'
import { presentationRequests, walletRequests } from './table.ts'

const given = sql.placeholder

/** Statements of a complete presentation, planned once per connection. */
export const preparePresentationStatements = (database: Database) => ({
  ...prepareOwnerStatements(database),
  ...prepareWalletStatements(database),
})
export type PresentationStatements = ReturnType<typeof preparePresentationStatements>

const isThisRequest = () =>
  and(
    eq(presentationRequests.ownerId, given('ownerId')),
    eq(presentationRequests.id, given('requestId')),
  )

const prepareOwnerStatements = ({ drizzle }: Database) => ({
  insertRequest: drizzle
    .insert(presentationRequests)
    .values({
      ownerId: given('ownerId'),
      id: given('id'),
      purpose: given('purpose'),
      policyId: given('policyId'),
      createdAt: given('createdAt'),
      expiresAt: given('expiresAt'),
    })
    .prepare('insert_presentation_request'),
  // Whoever finds it open stores what came of it: of two answers one does (S-01, V-06).
  closeRequest: drizzle
    .update(presentationRequests)
    .set({
      outcome: sql`${given('outcome')}`,
      answeredAt: sql`${given('now')}`,
      responseCodeDigest: sql`${given('responseCodeDigest')}`,
      sealedReport: sql`${given('sealedReport')}`,
      walletError: sql`${given('walletError')}`,
    })
    .where(
      and(
        isThisRequest(),
        eq(presentationRequests.outcome, 'open'),
        gt(presentationRequests.expiresAt, given('now')),
      ),
    )
    .returning({ id: presentationRequests.id })
    .prepare('close_presentation_request'),
  readRequest: drizzle
    .select({ row: presentationRequests, fetchedAt: walletRequests.fetchedAt })
    .from(presentationRequests)
    .leftJoin(
      walletRequests,
      and(
        eq(walletRequests.ownerId, presentationRequests.ownerId),
        eq(walletRequests.requestId, presentationRequests.id),
      ),
    )
    .where(isThisRequest())
    .limit(1)
    .prepare('read_presentation_request'),
})

/** The address is known, and the request neither answered nor expired. */
const isOpen = () =>
  and(
    eq(walletRequests.handle, given('handle')),
    gt(walletRequests.expiresAt, given('now')),
    isNotNull(walletRequests.sealedSecrets),
  )

const prepareWalletStatements = ({ drizzle }: Database) => ({
  insertWalletRequest: drizzle
    .insert(walletRequests)
    .values({
      handle: given('handle'),
      ownerId: given('ownerId'),
      requestId: given('requestId'),
      signingKeyId: given('signingKeyId'),
      sealedSecrets: given('sealedSecrets'),
      expiresAt: given('expiresAt'),
      deleteAt: given('deleteAt'),
    })
    .prepare('insert_wallet_request'),
  fetchWalletRequest: drizzle
    .update(walletRequests)
    .set({ fetchedAt: sql`coalesce(${walletRequests.fetchedAt}, ${given('now')}::timestamptz)` })
    .where(isOpen())
    .returning()
    .prepare('fetch_wallet_request'),
  findWalletRequest: drizzle
    .select()
    .from(walletRequests)
    .where(isOpen())
    .limit(1)
    .prepare('find_wallet_request'),
  findWalletRequestOfOwner: drizzle
    .select()
    .from(walletRequests)
    .where(
      and(
        eq(walletRequests.ownerId, given('ownerId')),
        eq(walletRequests.requestId, given('requestId')),
      ),
    )
    .limit(1)
    .prepare('find_wallet_request_of_owner'),
  destroySecrets: drizzle
    .update(walletRequests)
    .set({ sealedSecrets: null })
    .where(eq(walletRequests.handle, given('handle')))
    .prepare('destroy_wallet_secrets'),
})
