import type { Database } from '@mikromerit/service-kit'
import { sql } from 'drizzle-orm'
import { credentials } from './table.ts'

/** Statements of the hot path, planned once per connection. */
export const prepareCredentialStatements = ({ drizzle }: Database) => ({
  insert: drizzle
    .insert(credentials)
    .values({
      organisationId: sql.placeholder('organisationId'),
      id: sql.placeholder('id'),
      awardId: sql.placeholder('awardId'),
      offerId: sql.placeholder('offerId'),
      configurationId: sql.placeholder('configurationId'),
      holderKeyMac: sql.placeholder('holderKeyMac'),
      statusListNumber: sql.placeholder('statusListNumber'),
      statusIndex: sql.placeholder('statusIndex'),
      issuedAt: sql.placeholder('issuedAt'),
      // Without the column's encoder, which knows no null.
      expiresAt: sql`${sql.placeholder('expiresAt')}`,
    })
    .prepare('insert_credential'),
})
export type CredentialStatements = ReturnType<typeof prepareCredentialStatements>
