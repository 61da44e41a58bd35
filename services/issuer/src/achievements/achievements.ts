import { isDeepStrictEqual } from 'node:util'
import {
  type AchievementContent,
  type AchievementDraft,
  type Finding,
  normaliseAchievement,
} from '@mikromerit/credentials'
import { type Clock, Problem, type Transaction } from '@mikromerit/service-kit'
import { and, desc, eq } from 'drizzle-orm'
import { listInCatalogue, removeFromCatalogue } from '../catalogue/list-entry.ts'
import type { IssuerConfig } from '../config.ts'
import { refuseErrors } from '../findings.ts'
import { checkDefinition } from './check-definition.ts'
import { toAchievement } from './find-achievement.ts'
import type { Achievement } from './schemas.ts'
import { achievements } from './table.ts'

type Row = typeof achievements.$inferSelect

export interface StoredAchievement {
  readonly achievement: Achievement
  /** False when the very same content was stored before: sent twice is stored once. */
  readonly isNew: boolean
}

/** Which definition is written, and by what clock. */
interface Target {
  readonly config: Pick<IssuerConfig, 'PUBLIC_URL'>
  readonly clock: Clock
  readonly organisationId: string
  readonly id: string
}

type Status = 'draft' | 'published'

/**
 * Stores the first version of a definition.
 * @throws Problem achievement-invalid, achievement-exists
 */
export async function storeAchievement(
  tx: Transaction,
  target: Target,
  draft: AchievementDraft,
  status: Status,
): Promise<StoredAchievement> {
  const { content, findings } = await prepareContent(tx, target, draft)
  const row = await insertVersion(tx, target, { version: 1, content, status })
  if (row) return { achievement: withFindings(row, findings), isNew: true }
  const existing = await findLatest(tx, target)
  if (!existing || !isDeepStrictEqual(existing.content, content))
    throw new Problem('achievement-exists')
  return { achievement: withFindings(existing, findings), isNew: false }
}

/**
 * Stores the next version of a definition. A draft stays one; any other is open for awards, also when the one before
 * was archived. Content that equals the newest version makes no new one, unless it is to open an archived definition.
 * @throws Problem achievement-invalid, achievement-not-found, achievement-changed
 */
export async function storeNextVersion(
  tx: Transaction,
  target: Target,
  draft: AchievementDraft,
): Promise<StoredAchievement> {
  const { content, findings } = await prepareContent(tx, target, draft)
  const latest = await findLatest(tx, target)
  if (!latest) throw new Problem('achievement-not-found')
  if (!latest.archivedAt && isDeepStrictEqual(latest.content, content))
    return { achievement: withFindings(latest, findings), isNew: false }
  const status = latest.archivedAt || latest.publishedAt ? 'published' : 'draft'
  const row = await insertVersion(tx, target, { version: latest.version + 1, content, status })
  // Two editors store the next version at once: the second one must look at the first one's work.
  if (!row) throw new Problem('achievement-changed')
  return { achievement: withFindings(row, findings), isNew: true }
}

/** Closes a definition for awards. What was awarded stays; archiving twice changes nothing. */
export async function archiveAchievement(tx: Transaction, target: Target): Promise<Achievement> {
  const latest = await findLatest(tx, target)
  if (!latest) throw new Problem('achievement-not-found')
  if (latest.archivedAt) return toAchievement(latest)
  await removeFromCatalogue(tx, target)
  return changeVersion(tx, latest, { archivedAt: target.clock.now() })
}

/**
 * Opens a draft for awards and lists it in the catalogue. Repeating it lists it anew.
 * @throws Problem achievement-not-found, achievement-archived
 */
export async function publishAchievement(tx: Transaction, target: Target): Promise<Achievement> {
  const latest = await findLatest(tx, target)
  if (!latest) throw new Problem('achievement-not-found')
  if (latest.archivedAt) throw new Problem('achievement-archived')
  const now = target.clock.now()
  await listInCatalogue(tx, latest, now)
  return changeVersion(tx, latest, { publishedAt: latest.publishedAt ?? now })
}

/**
 * Makes a published definition a draft again: no further awards, not in the catalogue. What was awarded stays.
 * @throws Problem achievement-not-found, achievement-archived
 */
export async function unpublishAchievement(tx: Transaction, target: Target): Promise<Achievement> {
  const latest = await findLatest(tx, target)
  if (!latest) throw new Problem('achievement-not-found')
  if (latest.archivedAt) throw new Problem('achievement-archived')
  await removeFromCatalogue(tx, target)
  return changeVersion(tx, latest, { publishedAt: null })
}

async function changeVersion(
  tx: Transaction,
  latest: Row,
  change: Partial<Pick<Row, 'archivedAt' | 'publishedAt'>>,
): Promise<Achievement> {
  const [row] = await tx
    .update(achievements)
    .set(change)
    .where(isVersion(latest, latest.version))
    .returning()
  if (!row) throw new Error('A locked version answers its update')
  return toAchievement(row)
}

async function prepareContent(tx: Transaction, target: Target, draft: AchievementDraft) {
  const findings = await checkDefinition(tx, target, draft)
  refuseErrors('achievement-invalid', findings)
  return { content: normaliseAchievement(draft), findings }
}

/** Writes a version and, when it is published, lists it; undefined when there is one of this number. */
async function insertVersion(
  tx: Transaction,
  { organisationId, id, clock }: Target,
  { version, content, status }: { version: number; content: AchievementContent; status: Status },
): Promise<Row | undefined> {
  const now = clock.now()
  const publishedAt = status === 'published' ? now : null
  const [row] = await tx
    .insert(achievements)
    .values({ organisationId, id, version, content, createdAt: now, publishedAt })
    .onConflictDoNothing()
    .returning()
  if (row?.publishedAt) await listInCatalogue(tx, row, now)
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

const isVersion = (
  { organisationId, id }: Pick<Target, 'organisationId' | 'id'>,
  version: number,
) =>
  and(
    eq(achievements.organisationId, organisationId),
    eq(achievements.id, id),
    eq(achievements.version, version),
  )

const withFindings = (row: Row, findings: readonly Finding[]): Achievement => ({
  ...toAchievement(row),
  findings: [...findings],
})
