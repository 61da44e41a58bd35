import type { AchievementContent } from '@mikromerit/credentials'
import type { Transaction } from '@mikromerit/service-kit'
import { and, eq } from 'drizzle-orm'
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

/** What is published of a definition, whoever asks. */
export async function findPublishedContent(
  tx: Transaction,
  { organisationId, id }: { readonly organisationId: string; readonly id: string },
): Promise<AchievementContent | undefined> {
  const [row] = await tx
    .select({ content: catalogueEntries.content })
    .from(catalogueEntries)
    .where(
      and(
        eq(catalogueEntries.organisationId, organisationId),
        eq(catalogueEntries.achievementId, id),
      ),
    )
    .limit(1)
  return row?.content
}
