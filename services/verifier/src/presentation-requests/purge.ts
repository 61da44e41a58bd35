import { idempotencyKeys } from '@mikromerit/service-kit'
import { and, eq, lt } from 'drizzle-orm'
import type { VerifierContext } from '../context.ts'
import { presentationRequests } from './table.ts'
import { deleteWalletRequest, destroyExpiredSecrets, listDeletable } from './wallet-requests.ts'

const batch = 500

/** Destroys the keys of expired requests, and deletes requests and reports whose retention is over. */
export async function purgeRequests({
  database,
  clock,
}: Pick<VerifierContext, 'database' | 'clock'>): Promise<void> {
  const now = clock.now()
  await database.transaction((tx) => destroyExpiredSecrets(tx, now))
  for (;;) {
    const deletable = await database.transaction((tx) => listDeletable(tx, now, batch))
    for (const { handle, ownerId, requestId } of deletable)
      await database.inOrganisation(ownerId, async (tx) => {
        await tx
          .delete(presentationRequests)
          .where(
            and(eq(presentationRequests.ownerId, ownerId), eq(presentationRequests.id, requestId)),
          )
        await deleteWalletRequest(tx, handle)
        await tx
          .delete(idempotencyKeys)
          .where(
            and(eq(idempotencyKeys.organisationId, ownerId), lt(idempotencyKeys.expiresAt, now)),
          )
      })
    if (deletable.length < batch) return
  }
}
