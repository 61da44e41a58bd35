import { Problem, runOnce } from '@mikromerit/service-kit'
import { eq } from 'drizzle-orm'
import type { Runtime } from '../runtime.ts'
import type { OrganisationSettings } from './settings.ts'
import { organisations } from './table.ts'

/** @throws Problem organisation-not-found */
export async function readSettings(runtime: Runtime, id: string): Promise<OrganisationSettings> {
  const [row] = await runtime.database.inOrganisation(id, (tx) =>
    tx
      .select({ settings: organisations.settings })
      .from(organisations)
      .where(eq(organisations.id, id))
      .limit(1),
  )
  if (!row) throw new Problem('organisation-not-found')
  return row.settings
}

/** The rulebooks of the further formats know non-qualified attestations only: no other category is ever written there. */
function refuseContradiction({ legalCategory, furtherFormats }: OrganisationSettings): void {
  if (!furtherFormats || !legalCategory || legalCategory.value === 'non_qualified') return
  const detail = 'The further formats are of non-qualified attestations.'
  throw new Problem('settings-contradictory', {
    errors: [{ pointer: '/legalCategory/value', detail }],
  })
}

/**
 * Replaces an organisation's settings, for credentials issued from now on.
 * @throws Problem organisation-not-found, settings-contradictory
 */
export async function storeSettings(
  runtime: Runtime,
  id: string,
  request: {
    readonly settings: OrganisationSettings
    readonly idempotencyKey: string | undefined
  },
): Promise<OrganisationSettings> {
  const { settings, idempotencyKey: key } = request
  refuseContradiction(settings)
  const fingerprint = ['storeSettings', id, settings]
  const { body } = await runtime.database.inOrganisation(id, (tx) =>
    runOnce(tx, { ...runtime, owner: id, key, fingerprint }, async () => {
      const stored = await tx
        .update(organisations)
        .set({ settings })
        .where(eq(organisations.id, id))
        .returning({ id: organisations.id })
      if (stored.length === 0) throw new Problem('organisation-not-found')
      return { status: 200, body: settings }
    }),
  )
  runtime.issuers.forget(id)
  return body
}
