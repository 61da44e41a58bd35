import type { Transaction } from '@mikromerit/service-kit'
import { and, desc, eq } from 'drizzle-orm'
import type { Achievement } from './schemas.ts'
import { achievements } from './table.ts'

export interface AchievementReference {
  readonly organisationId: string
  readonly id: string
  /** The newest version when absent. */
  readonly version?: number | undefined
}

/** A version of a definition, or undefined. */
export async function findAchievement(
  tx: Transaction,
  { organisationId, id, version }: AchievementReference,
): Promise<Achievement | undefined> {
  const [row] = await tx
    .select()
    .from(achievements)
    .where(
      and(
        eq(achievements.organisationId, organisationId),
        eq(achievements.id, id),
        version === undefined ? undefined : eq(achievements.version, version),
      ),
    )
    .orderBy(desc(achievements.version))
    .limit(1)
  return row && toAchievement(row)
}

type Row = typeof achievements.$inferSelect

/** One stored version as the API shows it. */
export const toAchievement = ({
  id,
  version,
  content,
  createdAt,
  publishedAt,
  archivedAt,
}: Row): Achievement => ({
  id,
  version,
  ...content,
  status: archivedAt ? 'archived' : publishedAt ? 'published' : 'draft',
  createdAt: createdAt.toISOString(),
})
