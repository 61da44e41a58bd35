import type { Database } from '@mikromerit/service-kit'
import { and, eq, sql } from 'drizzle-orm'
import { awards } from './table.ts'

/** Statements of the hot path, planned once per connection (style: hot queries are prepared at start). */
export const prepareAwardStatements = ({ drizzle }: Database) => ({
  insert: drizzle
    .insert(awards)
    .values({
      organisationId: sql.placeholder('organisationId'),
      id: sql.placeholder('id'),
      achievementOrganisationId: sql.placeholder('achievementOrganisationId'),
      achievementId: sql.placeholder('achievementId'),
      achievementVersion: sql.placeholder('achievementVersion'),
      awardedOn: sql.placeholder('awardedOn'),
      status: sql.placeholder('status'),
      sourceReference: sql.placeholder('sourceReference'),
      dataKey: sql.placeholder('dataKey'),
      content: sql.placeholder('content'),
      createdAt: sql.placeholder('createdAt'),
    })
    // Waits for a transaction that records the same source reference at this moment.
    .onConflictDoNothing()
    .returning({ id: awards.id })
    .prepare('insert_award'),
  lockForIssuing: drizzle
    .select({
      status: awards.status,
      achievementOrganisationId: awards.achievementOrganisationId,
      achievementId: awards.achievementId,
      achievementVersion: awards.achievementVersion,
      dataKey: awards.dataKey,
      content: awards.content,
    })
    .from(awards)
    .where(
      and(
        eq(awards.organisationId, sql.placeholder('organisationId')),
        eq(awards.id, sql.placeholder('id')),
      ),
    )
    .limit(1)
    .for('share')
    .prepare('lock_award_for_issuing'),
})
export type AwardStatements = ReturnType<typeof prepareAwardStatements>
