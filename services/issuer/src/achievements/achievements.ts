import { newId, Problem, type Transaction } from '@mikromerit/service-kit'
import { and, desc, eq } from 'drizzle-orm'
import type { Runtime } from '../runtime.ts'
import { refuseFaults } from './faults.ts'
import type { AchievementContent, AchievementDraft, AchievementView } from './schemas.ts'
import { achievements } from './table.ts'

type Row = typeof achievements.$inferSelect

/** Stores version 1 of a new definition, or the next version of one that exists. */
export async function storeAchievement(
  tx: Transaction,
  target: { organisationId: string; id?: string; now: Date },
  draft: AchievementDraft,
): Promise<AchievementView> {
  refuseFaults(draft)
  const previous = target.id ? await findLatest(tx, target.organisationId, target.id) : undefined
  if (target.id && !previous) throw new Problem('achievement-not-found')
  const [row] = await tx
    .insert(achievements)
    .values({
      organisationId: target.organisationId,
      id: target.id ?? newId(),
      version: (previous?.version ?? 0) + 1,
      content: draft,
      createdAt: target.now,
    })
    // Two editors store the next version at once: the second one must look at the first one's work.
    .onConflictDoNothing()
    .returning()
  if (!row) throw new Problem('achievement-changed')
  return toView(row)
}
