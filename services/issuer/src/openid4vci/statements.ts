import type { Database } from '@mikromerit/service-kit'
import { sql } from 'drizzle-orm'
import { usedNonces } from './table.ts'

/** Statements of the hot path, planned once per connection. */
export const prepareNonceStatements = ({ drizzle }: Database) => ({
  spend: drizzle
    .insert(usedNonces)
    .values({
      organisationId: sql.placeholder('organisationId'),
      id: sql.placeholder('id'),
      expiresAt: sql.placeholder('expiresAt'),
    })
    .onConflictDoNothing()
    .returning({ id: usedNonces.id })
    .prepare('spend_nonce'),
})
export type NonceStatements = ReturnType<typeof prepareNonceStatements>
