import { isDeepStrictEqual } from 'node:util'
import {
  type AchievementContent,
  type AchievementDraft,
  checkAchievement,
  normaliseAchievement,
} from '@mikromerit/credentials'
import { newId, Problem, type Transaction } from '@mikromerit/service-kit'
import { and, desc, eq } from 'drizzle-orm'
import { refuseErrors } from '../findings.ts'
import type { Achievement } from './schemas.ts'
import { achievements } from './table.ts'

type Row = typeof achievements.$inferSelect

export interface StoredAchievement {
  readonly achievement: Achievement
  /** False when the very same content was stored before: sent twice is stored once. */
  readonly isNew: boolean
}

interface Target {
  readonly organisationId: string
  readonly id: string
  readonly now: Date
}

/**
 * Stores the first version of a definition, under an id of the caller's or a new one.
 * @throws Problem achievement-invalid, achievement-exists
 */
export async function storeAchievement(
  tx: Transaction,
  { organisationId, id, now }: { organisationId: string; id: string | undefined; now: Date },
  draft: AchievementDraft,
): Promise<StoredAchievement> {
  const content = prepareContent(draft)
  const target = { organisationId, id: id ?? newId(), now }
  const row = await insertVersion(tx, target, 1, content)
  if (row) return { achievement: withFindings(row, draft), isNew: true }
  const existing = await findLatest(tx, target)
  if (!existing || !isDeepStrictEqual(existing.content, content))
    throw new Problem('achievement-exists')
  return { achievement: withFindings(existing, draft), isNew: false }
}

/**
 * Stores the next version of a definition; it is open for awards, also when the one before was archived.
 * Content that equals the newest version makes no new one, unless it is to open an archived definition.
 * @throws Problem achievement-invalid, achievement-not-found, achievement-changed
 */
export async function storeNextVersion(
  tx: Transaction,
  target: Target,
  draft: AchievementDraft,
): Promise<StoredAchievement> {
  const content = prepareContent(draft)
  const latest = await findLatest(tx, target)
  if (!latest) throw new Problem('achievement-not-found')
  if (!latest.archivedAt && isDeepStrictEqual(latest.content, content))
    return { achievement: withFindings(latest, draft), isNew: false }
  const row = await insertVersion(tx, target, latest.version + 1, content)
  // Two editors store the next version at once: the second one must look at the first one's work.
  if (!row) throw new Problem('achievement-changed')
  return { achievement: withFindings(row, draft), isNew: true }
}

/** Closes a definition for awards. What was awarded stays; archiving twice changes nothing. */
export async function archiveAchievement(tx: Transaction, target: Target): Promise<Achievement> {
  const latest = await findLatest(tx, target)
  if (!latest) throw new Problem('achievement-not-found')
  if (latest.archivedAt) return toAchievement(latest)
  const [row] = await tx
    .update(achievements)
    .set({ archivedAt: target.now })
    .where(isVersion(target, latest.version))
    .returning()
  if (!row) throw new Error('A locked version answers its update')
  return toAchievement(row)
}

function prepareContent(draft: AchievementDraft): AchievementContent {
  refuseErrors('achievement-invalid', checkAchievement(draft))
  return normaliseAchievement(draft)
}

async function insertVersion(
  tx: Transaction,
  { organisationId, id, now }: Target,
  version: number,
  content: AchievementContent,
): Promise<Row | undefined> {
  const [row] = await tx
    .insert(achievements)
    .values({ organisationId, id, version, content, createdAt: now, publishedAt: now })
    .onConflictDoNothing()
    .returning()
  return row
}

async function findLatest(
  tx: Transaction,
  { organisationId, id }: Pick<Target, 'organisationId' | 'id'>,
): Promise<Row | undefined> {
  const [row] = await tx
    .select()
    .from(achievements)
    .where(and(eq(achievements.organisationId, organisationId), eq(achievements.id, id)))
    .orderBy(desc(achievements.version))
    .limit(1)
    .for('no key update')
  return row
}

const isVersion = ({ organisationId, id }: Target, version: number) =>
  and(
    eq(achievements.organisationId, organisationId),
    eq(achievements.id, id),
    eq(achievements.version, version),
  )

const withFindings = (row: Row, draft: AchievementDraft): Achievement => ({
  ...toAchievement(row),
  findings: checkAchievement(draft),
})

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
