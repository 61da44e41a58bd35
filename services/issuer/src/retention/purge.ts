import { idempotencyKeys, type Transaction } from '@mikromerit/service-kit'
import { and, eq, lt } from 'drizzle-orm'
import { purgeJobs } from '../jobs/purge-jobs.ts'
import { purgeOffers } from '../offers/purge-offers.ts'
import { purgeAuthorizations } from '../openid4vci/authorization/purge-authorizations.ts'
import { purgeNonces } from '../openid4vci/purge-nonces.ts'
import { eachOrganisationId } from '../organisations/organisations.ts'
import type { Runtime } from '../runtime.ts'

/** Deletes flow state that has served its time, one organisation after the other. */
export async function purgeExpired({
  database,
  clock,
  config,
}: Pick<Runtime, 'database' | 'clock' | 'config'>): Promise<void> {
  const now = clock.now()
  for await (const organisationId of eachOrganisationId(database))
    await database.inOrganisation(organisationId, async (tx) => {
      await purgeNonces(tx, organisationId, now)
      await purgeAuthorizations(tx, organisationId, now)
      await purgeOffers(tx, organisationId, now)
      await purgeJobs(tx, organisationId, { now, keptDays: config.JOB_RETENTION_DAYS })
      await purgeIdempotencyKeys(tx, organisationId, now)
    })
}

const purgeIdempotencyKeys = (tx: Transaction, organisationId: string, now: Date) =>
  tx
    .delete(idempotencyKeys)
    .where(
      and(eq(idempotencyKeys.organisationId, organisationId), lt(idempotencyKeys.expiresAt, now)),
    )
