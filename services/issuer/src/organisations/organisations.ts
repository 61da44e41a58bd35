import { checkOrganisation, normaliseOrganisation } from '@mikromerit/credentials'
import { type Answer, type Database, Problem, runOnce } from '@mikromerit/service-kit'
import { asc, eq, gt } from 'drizzle-orm'
import { refuseErrors } from '../findings.ts'
import type { Runtime } from '../runtime.ts'
import { buildIdentifier } from './identifier.ts'
import { isReservedId } from './reserved-ids.ts'
import type { Organisation, OrganisationDraft } from './schemas.ts'
import { createSigningKey } from './signing-keys.ts'
import { organisations, signingKeys } from './table.ts'

type Row = typeof organisations.$inferSelect

/** Creates an awarding body with its first signing key and that key's certificate. */
export async function createOrganisation(
  runtime: Runtime,
  draft: OrganisationDraft,
  idempotencyKey: string | undefined,
): Promise<Answer<Organisation>> {
  if (isReservedId(draft.id)) throw new Problem('organisation-id-reserved')
  refuseErrors('organisation-invalid', checkOrganisation(draft))
  const { id, ...profile } = normaliseOrganisation(draft)
  const row: Row = { id, profile, settings: {}, createdAt: runtime.clock.now() }
  const key = await createSigningKey(runtime, row, { now: row.createdAt, signsFrom: row.createdAt })
  return runtime.database.inOrganisation(id, (tx) =>
    runOnce(
      tx,
      { ...runtime, owner: id, key: idempotencyKey, fingerprint: ['createOrganisation', draft] },
      async () => {
        const created = await tx
          .insert(organisations)
          .values(row)
          .onConflictDoNothing()
          .returning({ id: organisations.id })
        if (created.length === 0) throw new Problem('organisation-exists')
        await tx.insert(signingKeys).values(key)
        return { status: 201, body: toOrganisation(runtime, row) }
      },
    ),
  )
}

export async function findOrganisation(runtime: Runtime, id: string): Promise<Organisation> {
  const [row] = await runtime.database.drizzle
    .select()
    .from(organisations)
    .where(eq(organisations.id, id))
    .limit(1)
  if (!row) throw new Problem('organisation-not-found')
  return toOrganisation(runtime, row)
}

/** Organisations in the order of their ids: a directory of what their metadata publishes anyway. */
export async function listOrganisations(
  runtime: Runtime,
  { limit, after }: { readonly limit: number; readonly after: string | undefined },
): Promise<Organisation[]> {
  const rows = await runtime.database.drizzle
    .select()
    .from(organisations)
    .where(after === undefined ? undefined : gt(organisations.id, after))
    .orderBy(asc(organisations.id))
    .limit(limit)
  return rows.map((row) => toOrganisation(runtime, row))
}

const batch = 500

/** Every organisation's id, for work that goes through all of them; memory stays flat. */
export async function* eachOrganisationId(database: Database): AsyncGenerator<string> {
  let last: string | undefined
  for (;;) {
    const rows = await database.drizzle
      .select({ id: organisations.id })
      .from(organisations)
      .where(last === undefined ? undefined : gt(organisations.id, last))
      .orderBy(asc(organisations.id))
      .limit(batch)
    for (const { id } of rows) yield id
    last = rows.at(-1)?.id
    if (rows.length < batch) return
  }
}

const toOrganisation = ({ config }: Runtime, { id, profile, createdAt }: Row): Organisation => ({
  id,
  ...profile,
  credentialIssuer: buildIdentifier(config.PUBLIC_URL, id),
  createdAt: createdAt.toISOString(),
})
