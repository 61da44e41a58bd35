import type { Transaction } from '@mikromerit/service-kit'
import { eq } from 'drizzle-orm'
import { signInProviders } from './table.ts'

/** Where an organisation's learners sign in, with its secret sealed; undefined where they cannot. */
export async function selectProvider(tx: Transaction, organisationId: string) {
  const [row] = await tx
    .select()
    .from(signInProviders)
    .where(eq(signInProviders.organisationId, organisationId))
    .limit(1)
  return row
}
