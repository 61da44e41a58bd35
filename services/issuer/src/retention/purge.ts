import { and, eq, lt } from 'drizzle-orm'
import { offers } from '../offers/table.ts'
import { usedNonces } from '../openid4vci/table.ts'
import { eachOrganisationId } from '../organisations/organisations.ts'
import type { Runtime } from '../runtime.ts'

const hourMs = 3_600_000

/** A used nonce matters as long as it could be used: until it expires, and a slow clock more. */
const keepNoncesMs = hourMs
/** An expired offer can be asked about for a while: why did it not work? */
const keepOffersMs = 30 * 24 * hourMs

/** Deletes flow state that has served its time, one organisation after the other. */
export async function purgeExpired(runtime: Runtime): Promise<void> {
  const now = runtime.clock.now().getTime()
  for await (const organisationId of eachOrganisationId(runtime.database))
    await runtime.database.inOrganisation(organisationId, async (tx) => {
      await tx
        .delete(usedNonces)
        .where(
          and(
            eq(usedNonces.organisationId, organisationId),
            lt(usedNonces.expiresAt, new Date(now - keepNoncesMs)),
          ),
        )
      await tx
        .delete(offers)
        .where(
          and(
            eq(offers.organisationId, organisationId),
            lt(offers.expiresAt, new Date(now - keepOffersMs)),
          ),
        )
    })
}
