import type { Transaction } from '@mikromerit/service-kit'
import { eq } from 'drizzle-orm'
import type { OrganisationProfile } from './schemas.ts'
import { organisations } from './table.ts'

/** The legal name of an organisation; the directory of organisations is open. */
export async function findLegalName(
  tx: Transaction,
  organisationId: string,
): Promise<OrganisationProfile['legalName']> {
  const [row] = await tx
    .select({ profile: organisations.profile })
    .from(organisations)
    .where(eq(organisations.id, organisationId))
    .limit(1)
  return row?.profile.legalName ?? {}
}
