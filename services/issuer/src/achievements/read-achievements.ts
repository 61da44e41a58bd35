import { scoreCompleteness } from '@mikromerit/credentials'
import { type Database, Problem } from '@mikromerit/service-kit'
import { and, desc, eq, isNotNull, isNull, lt } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Runtime } from '../runtime.ts'
import { type AchievementReference, findAchievement, toAchievement } from './find-achievement.ts'
import type { Achievement, achievementStatuses } from './schemas.ts'
import { achievements } from './table.ts'

/** One version of a definition, with how much of the European standard it states. */
export const readAchievement = (
  { database, issuers }: Pick<Runtime, 'database' | 'issuers'>,
  reference: AchievementReference,
): Promise<Achievement> =>
  database.inOrganisation(reference.organisationId, async (tx) => {
    const achievement = await findAchievement(tx, reference)
    const issuer = achievement && (await issuers.find(reference.organisationId))
    if (!achievement || !issuer) throw new Problem('achievement-not-found')
    return { ...achievement, completeness: scoreCompleteness(achievement, issuer.profile) }
  })

export interface AchievementPage {
  readonly limit: number
  readonly after: string | undefined
  readonly status: (typeof achievementStatuses)[number] | undefined
}

/** The newest version of each definition, the newest definition first. */
export const listAchievements = (
  database: Database,
  organisationId: string,
  { limit, after, status }: AchievementPage,
): Promise<Achievement[]> =>
  database.inOrganisation(organisationId, async (tx) => {
    const newest = tx
      .selectDistinctOn([achievements.id])
      .from(achievements)
      .where(
        and(
          eq(achievements.organisationId, organisationId),
          after === undefined ? undefined : lt(achievements.id, after),
        ),
      )
      .orderBy(desc(achievements.id), desc(achievements.version))
      .as('newest')
    const rows = await tx
      .select()
      .from(newest)
      .where(status && hasStatus(newest, status))
      .orderBy(desc(newest.id))
      .limit(limit)
    return rows.map(toAchievement)
  })

type Columns = Readonly<Record<'archivedAt' | 'publishedAt', PgColumn>>

function hasStatus({ archivedAt, publishedAt }: Columns, status: Achievement['status']) {
  if (status === 'archived') return isNotNull(archivedAt)
  return and(isNull(archivedAt), (status === 'draft' ? isNull : isNotNull)(publishedAt))
}
