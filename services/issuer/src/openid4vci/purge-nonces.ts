import type { Transaction } from '@mikromerit/service-kit'
import { and, eq, lt } from 'drizzle-orm'
import { firstIdAt } from '../retention/first-id.ts'
import { usedNonces } from './table.ts'

/** A used nonce matters as long as it could be used: until it expires, and a slow clock more. */
const keptMs = 3_600_000
/** NONCE_LIFETIME_SECONDS is at most this. */
const maxLifetimeMs = 3_600_000

/** Deletes used nonces that nobody can use again, since they have expired. */
export async function purgeNonces(tx: Transaction, organisationId: string, now: Date) {
  const oldest = new Date(now.getTime() - keptMs)
  await tx.delete(usedNonces).where(
    and(
      eq(usedNonces.organisationId, organisationId),
      // The primary key finds them: a nonce made after this may not have expired.
      lt(usedNonces.id, firstIdAt(new Date(oldest.getTime() - maxLifetimeMs))),
      lt(usedNonces.expiresAt, oldest),
    ),
  )
}
