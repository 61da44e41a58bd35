import type { Transaction } from '@mikromerit/service-kit'
import { and, eq, gt, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import { credentials } from './table.ts'

/** A copy that is bound to nobody's key, to be recorded. */
export interface NewCopy {
  readonly id: string
  readonly awardId: string
  readonly configurationId: string
  readonly status: { readonly listNumber: number; readonly index: number }
  readonly issuedAt: Date
  readonly expiresAt: Date | undefined
}

/** The copies of these awards that are recorded and have not run out; at most `limit`. */
export const findCurrentCopies = (
  tx: Transaction,
  organisationId: string,
  { awardIds, now, limit }: { awardIds: readonly string[]; now: Date; limit: number },
) =>
  tx
    .select()
    .from(credentials)
    .where(
      and(
        eq(credentials.organisationId, organisationId),
        inArray(credentials.awardId, [...awardIds]),
        credentials.isCurrentCopy,
        or(isNull(credentials.expiresAt), gt(credentials.expiresAt, now)),
      ),
    )
    .limit(limit)

/** Copies that have run out make room for new ones. */
export const retireExpiredCopies = (
  tx: Transaction,
  organisationId: string,
  fresh: readonly NewCopy[],
  now: Date,
) =>
  tx
    .update(credentials)
    .set({ isCurrentCopy: false })
    .where(
      and(
        eq(credentials.organisationId, organisationId),
        inArray(credentials.awardId, [...new Set(fresh.map(({ awardId }) => awardId))]),
        inArray(credentials.configurationId, [
          ...new Set(fresh.map(({ configurationId }) => configurationId)),
        ]),
        credentials.isCurrentCopy,
        lte(credentials.expiresAt, now),
      ),
    )

/** How many were recorded: fewer when somebody else was faster. One statement whatever their number. */
export async function insertCopies(
  tx: Transaction,
  organisationId: string,
  fresh: readonly NewCopy[],
): Promise<number> {
  if (fresh.length === 0) return 0
  const column = (read: (one: NewCopy) => unknown) => sql.param(fresh.map(read))
  const { rowCount } = await tx.execute(sql`
    INSERT INTO ${credentials} (organisation_id, is_current_copy, id, award_id, configuration_id, status_list_number,
      status_index, issued_at, expires_at)
    SELECT ${organisationId}, true, * FROM unnest(
      ${column(({ id }) => id)}::uuid[],
      ${column(({ awardId }) => awardId)}::uuid[],
      ${column(({ configurationId }) => configurationId)}::text[],
      ${column(({ status }) => status.listNumber)}::int[],
      ${column(({ status }) => status.index)}::int[],
      ${column(({ issuedAt }) => issuedAt.toISOString())}::timestamptz[],
      ${column(({ expiresAt }) => expiresAt?.toISOString() ?? null)}::timestamptz[])
    ON CONFLICT (organisation_id, award_id, configuration_id) WHERE is_current_copy DO NOTHING`)
  return rowCount ?? 0
}
