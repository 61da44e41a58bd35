import type { Transaction } from '@mikromerit/service-kit'
import { and, eq, lt } from 'drizzle-orm'
import { authorizations } from './table.ts'

/** Deletes authorizations whose stage has run out: nothing of theirs is good any more. */
export const purgeAuthorizations = (tx: Transaction, organisationId: string, now: Date) =>
  tx
    .delete(authorizations)
    .where(
      and(eq(authorizations.organisationId, organisationId), lt(authorizations.expiresAt, now)),
    )
