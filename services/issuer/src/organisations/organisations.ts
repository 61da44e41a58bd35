import { type Database, Problem } from '@mikromerit/service-kit'
import { asc, eq, gt } from 'drizzle-orm'
import type { Runtime } from '../runtime.ts'
import { isReservedId } from './reserved-ids.ts'
import type { OrganisationDraft, OrganisationView } from './schemas.ts'
import { createSigningKey } from './signing-keys.ts'
import { organisations, signingKeys } from './table.ts'

/** Creates an awarding body with its first signing key and that key's certificate. */
export async function createOrganisation(
  runtime: Runtime,
  draft: OrganisationDraft,
): Promise<OrganisationView> {
  if (isReservedId(draft.id)) throw new Problem('organisation-id-reserved')
  const { id, ...profile } = draft
  const now = runtime.clock.now()
  const identifier = buildIdentifier(runtime, id)
  const { en, sv } = profile.legalName
  const key = await createSigningKey(
    runtime,
    { id, legalName: sv ?? en ?? id, country: profile.country, identifier },
    { now, days: runtime.config.SIGNING_CERTIFICATE_DAYS },
  )
  await runtime.database.inOrganisation(id, async (tx) => {
    const created = await tx
      .insert(organisations)
      .values({ id, profile, createdAt: now })
      .onConflictDoNothing()
      .returning({ id: organisations.id })
    if (created.length === 0) throw new Problem('organisation-exists')
    await tx.insert(signingKeys).values(key)
  })
  return { ...draft, credentialIssuer: identifier, createdAt: now.toISOString() }
}
