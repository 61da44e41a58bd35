import { and, asc, eq } from 'drizzle-orm'
import { eachOrganisationId } from '../organisations/organisations.ts'
import type { Runtime } from '../runtime.ts'
import { settleCompositeRequest } from './settle-request.ts'
import { compositeRequests } from './table.ts'

const batch = 200

/** Settles what learners have answered though nobody asked for it: a whole is awarded when its parts were shown. */
export async function settleOpenRequests(runtime: Runtime): Promise<void> {
  for await (const organisationId of eachOrganisationId(runtime.database)) {
    const open = await runtime.database.inOrganisation(organisationId, (tx) =>
      tx
        .select({ id: compositeRequests.id, achievementId: compositeRequests.achievementId })
        .from(compositeRequests)
        .where(
          and(
            eq(compositeRequests.organisationId, organisationId),
            eq(compositeRequests.state, 'pending'),
          ),
        )
        .orderBy(asc(compositeRequests.expiresAt))
        .limit(batch),
    )
    for (const request of open)
      await settleCompositeRequest(runtime, { organisationId, ...request })
  }
}
