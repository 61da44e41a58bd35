import { Problem, type Transaction, type Vault } from '@mikromerit/service-kit'
import { and, asc, desc, eq, lt } from 'drizzle-orm'
import { listCredentials } from '../credentials/read-credentials.ts'
import { listSuccessions } from '../replacements/read-replacements.ts'
import type { Runtime } from '../runtime.ts'
import { type AwardRow, toAward } from './award-view.ts'
import type { Award, AwardListQuery, StatusChange } from './schemas.ts'
import { openReason } from './sealed-award.ts'
import { awardStatusChanges, awards } from './table.ts'

export const readAward = (runtime: Runtime, organisationId: string, id: string): Promise<Award> =>
  runtime.database.inOrganisation(organisationId, async (tx) => {
    const [row] = await tx
      .select()
      .from(awards)
      .where(and(eq(awards.organisationId, organisationId), eq(awards.id, id)))
      .limit(1)
    if (!row) throw new Problem('award-not-found')
    return showAward(runtime.vault, tx, row)
  })

/** One award with its credentials and every change of its status. */
export async function showAward(vault: Vault, tx: Transaction, row: AwardRow): Promise<Award> {
  const found = await listCredentials(tx, row.organisationId, [row])
  const successions = await listSuccessions(tx, row.organisationId, [row.id])
  return {
    ...toAward(vault, row, found.get(row.id) ?? [], successions.get(row.id)),
    statusChanges: await listStatusChanges(vault, tx, row),
  }
}

type Filter = Omit<AwardListQuery, 'cursor'> & { readonly after: string | undefined }

/** An organisation's awards with their credentials, the newest first. */
export const listAwards = (
  runtime: Runtime,
  organisationId: string,
  { limit, after, achievementId, status, sourceReference }: Filter,
): Promise<Award[]> =>
  runtime.database.inOrganisation(organisationId, async (tx) => {
    const rows = await tx
      .select()
      .from(awards)
      .where(
        and(
          eq(awards.organisationId, organisationId),
          after === undefined ? undefined : lt(awards.id, after),
          achievementId === undefined ? undefined : eq(awards.achievementId, achievementId),
          status === undefined ? undefined : eq(awards.status, status),
          sourceReference === undefined ? undefined : eq(awards.sourceReference, sourceReference),
        ),
      )
      .orderBy(desc(awards.id))
      .limit(limit)
    const credentials = await listCredentials(tx, organisationId, rows)
    const ids = rows.map(({ id }) => id)
    const successions = await listSuccessions(tx, organisationId, ids)
    return rows.map((row) =>
      toAward(runtime.vault, row, credentials.get(row.id) ?? [], successions.get(row.id)),
    )
  })

/** A status changes a handful of times at most; more than this is a client gone wrong. */
const maxShownChanges = 200

async function listStatusChanges(
  vault: Vault,
  tx: Transaction,
  { organisationId, id, dataKey }: AwardRow,
): Promise<StatusChange[]> {
  const rows = await tx
    .select()
    .from(awardStatusChanges)
    .where(
      and(
        eq(awardStatusChanges.organisationId, organisationId),
        eq(awardStatusChanges.awardId, id),
      ),
    )
    .orderBy(asc(awardStatusChanges.id))
    .limit(maxShownChanges)
  const key = rows.length > 0 && dataKey ? vault.unwrapDataKey(dataKey) : undefined
  return rows.map(({ id: changeId, status, reason, decidedBy, decidedAt }) => ({
    status,
    ...(key && reason && { reason: openReason(key, { organisationId, id }, changeId, reason) }),
    decidedBy,
    decidedAt: decidedAt.toISOString(),
  }))
}
