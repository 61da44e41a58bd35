import type { Transaction } from '@mikromerit/service-kit'
import { and, asc, eq } from 'drizzle-orm'
import { delegations } from './table.ts'

export type DelegationRefusal =
  | 'not-delegated'
  | 'delegation-not-begun'
  | 'delegation-ended'
  | 'delegation-withdrawn'

interface Delegated {
  readonly delegateId: string
  readonly achievementId: string
}

/** A definition may have been delegated, withdrawn and delegated again; more than this is a client gone wrong. */
const maxRights = 200

/**
 * Whose definition of this id was delegated to an organisation. Ids are unique within an organisation only: of two
 * creators who used the same one, the first to delegate is meant.
 */
export async function findCreator(
  tx: Transaction,
  { delegateId, achievementId }: Delegated,
): Promise<string | undefined> {
  const [row] = await tx
    .select({ organisationId: delegations.organisationId })
    .from(delegations)
    .where(
      and(eq(delegations.delegateId, delegateId), eq(delegations.achievementId, achievementId)),
    )
    .orderBy(asc(delegations.id))
    .limit(1)
  return row?.organisationId
}

/**
 * Why a delegate may not award a definition on a day (domain.md section 8, NOT_DELEGATED); undefined when it may.
 * A withdrawal holds at once and for awards of any day.
 */
export async function findDelegationRefusal(
  tx: Transaction,
  { delegateId, achievementId, creatorId }: Delegated & { readonly creatorId: string },
  awardedOn: string,
): Promise<DelegationRefusal | undefined> {
  const rights = await tx
    .select()
    .from(delegations)
    .where(
      and(
        eq(delegations.organisationId, creatorId),
        eq(delegations.achievementId, achievementId),
        eq(delegations.delegateId, delegateId),
      ),
    )
    .limit(maxRights)
  const standing = rights.filter(({ withdrawnAt }) => !withdrawnAt)
  if (rights.length === 0) return 'not-delegated'
  if (standing.length === 0) return 'delegation-withdrawn'
  const begun = standing.filter(({ validFrom }) => validFrom <= awardedOn)
  if (begun.length === 0) return 'delegation-not-begun'
  const isOpen = begun.some(({ validUntil }) => validUntil === null || awardedOn <= validUntil)
  return isOpen ? undefined : 'delegation-ended'
}
