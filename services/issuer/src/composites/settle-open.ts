import type { createLogger } from '@mikromerit/service-kit'
import { and, asc, eq, gt } from 'drizzle-orm'
import { eachOrganisationId } from '../organisations/organisations.ts'
import type { Runtime } from '../runtime.ts'
import { settleCompositeRequest } from './settle-request.ts'
import { compositeRequests } from './table.ts'

const batch = 200
const firstId = '00000000-0000-0000-0000-000000000000'

/** Settles what learners have answered though nobody asked for it: a whole is awarded when its parts were shown. */
export async function settleOpenRequests(
  runtime: Runtime,
  logger: Pick<ReturnType<typeof createLogger>, 'error'>,
): Promise<void> {
  for await (const organisationId of eachOrganisationId(runtime.database)) {
    // Page by page, so that what cannot be settled is never in the way of what can.
    let page = await readOpen(runtime, organisationId, firstId)
    while (page.length > 0) {
      for (const request of page)
        await settleCompositeRequest(runtime, { organisationId, ...request }).catch((error) =>
          logger.error({ err: error, compositeRequest: request.id }, 'a request was not settled'),
        )
      page = await readOpen(runtime, organisationId, page.at(-1)?.id ?? firstId)
    }
  }
}

const readOpen = ({ database }: Runtime, organisationId: string, after: string) =>
  database.inOrganisation(organisationId, (tx) =>
    tx
      .select({ id: compositeRequests.id, achievementId: compositeRequests.achievementId })
      .from(compositeRequests)
      .where(
        and(
          eq(compositeRequests.organisationId, organisationId),
          eq(compositeRequests.state, 'pending'),
          gt(compositeRequests.id, after),
        ),
      )
      .orderBy(asc(compositeRequests.id))
      .limit(batch),
  )
