import type { AwardStatus } from '@mikromerit/credentials'
import type { Transaction } from '@mikromerit/service-kit'
import { and, asc, count, gt, isNotNull, lte, sql } from 'drizzle-orm'
import type { AwardRow } from './award-view.ts'
import { type AwardFilter, matchesFilter } from './filter.ts'
import { awards } from './table.ts'

/** Awards that are alike in all that decides what may be done with them. */
export interface AwardGroup {
  readonly status: AwardStatus
  readonly isErased: boolean
  readonly count: number
}

export const groupAwards = (
  tx: Transaction,
  organisationId: string,
  filter: AwardFilter,
): Promise<AwardGroup[]> => {
  const isErased = sql<boolean>`${isNotNull(awards.erasedAt)}`
  return tx
    .select({ status: awards.status, isErased, count: count() })
    .from(awards)
    .where(matchesFilter(organisationId, filter))
    .groupBy(awards.status, isErased)
}

interface AwardPage {
  readonly filter: AwardFilter
  readonly limit: number
  /** The last award before; empty at the beginning. */
  readonly after: string
  /** Awards made later are not meant. */
  readonly until?: string
}

/** The next awards that a filter means, the oldest first. */
export const pageAwards = async (
  tx: Transaction,
  organisationId: string,
  page: AwardPage,
): Promise<AwardRow[]> => selectPage(tx, organisationId, page)

/** The same, locked: nobody changes their status until the transaction ends. */
export const lockAwards = (
  tx: Transaction,
  organisationId: string,
  page: AwardPage,
): Promise<AwardRow[]> => selectPage(tx, organisationId, page).for('no key update')

const selectPage = (
  tx: Transaction,
  organisationId: string,
  { filter, limit, after, until }: AwardPage,
) =>
  tx
    .select()
    .from(awards)
    .where(
      and(
        matchesFilter(organisationId, filter),
        after === '' ? undefined : gt(awards.id, after),
        until === undefined ? undefined : lte(awards.id, until),
      ),
    )
    .orderBy(asc(awards.id))
    .limit(limit)
