import type { Transaction } from '@mikromerit/service-kit'
import { eq } from 'drizzle-orm'
import { catalogueEntries } from './table.ts'

/** Whether some organisation publishes a definition of this id: then a right is missing, not the definition. */
export async function isPublished(tx: Transaction, id: string): Promise<boolean> {
  const [row] = await tx
    .select({ id: catalogueEntries.achievementId })
    .from(catalogueEntries)
    .where(eq(catalogueEntries.achievementId, id))
    .limit(1)
  return row !== undefined
}
