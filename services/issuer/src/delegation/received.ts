import { and, desc, eq, lt } from 'drizzle-orm'
import { findAchievement } from '../achievements/find-achievement.ts'
import type { Runtime } from '../runtime.ts'
import { toDelegation } from './delegations.ts'
import type { ReceivedDelegation } from './schemas.ts'
import { delegations } from './table.ts'

/** Rights that others gave to an organisation, the newest first: what it may award beside its own definitions. */
export const listReceivedDelegations = (
  { database, clock }: Runtime,
  delegateId: string,
  { limit, after }: { readonly limit: number; readonly after: string | undefined },
): Promise<ReceivedDelegation[]> =>
  database.inOrganisation(delegateId, async (tx) => {
    const rows = await tx
      .select()
      .from(delegations)
      .where(
        and(
          eq(delegations.delegateId, delegateId),
          after === undefined ? undefined : lt(delegations.id, after),
        ),
      )
      .orderBy(desc(delegations.id))
      .limit(limit)
    const received: ReceivedDelegation[] = []
    for (const row of rows) {
      const { organisationId, achievementId: id } = row
      const definition = await findAchievement(tx, { organisationId, id })
      received.push({
        ...toDelegation(row, clock.now()),
        achievementId: id,
        creatorId: organisationId,
        title: definition?.title ?? {},
      })
    }
    return received
  })
