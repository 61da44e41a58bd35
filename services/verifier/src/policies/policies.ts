import { type Database, Problem } from '@mikromerit/service-kit'
import { and, asc, eq, gt } from 'drizzle-orm'
import { checkQuery } from '../dcql/check-query.ts'
import { dcqlLimits } from '../dcql/schemas.ts'
import type { Policy, PolicyDraft } from './schemas.ts'
import { policies } from './table.ts'

type Row = typeof policies.$inferSelect

/** An owner's policies in the order of their ids. */
export const listPolicies = (
  database: Database,
  ownerId: string,
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): Promise<Policy[]> =>
  database.inOrganisation(ownerId, async (tx) => {
    const rows = await tx
      .select()
      .from(policies)
      .where(
        and(
          eq(policies.ownerId, ownerId),
          after === undefined ? undefined : gt(policies.id, after),
        ),
      )
      .orderBy(asc(policies.id))
      .limit(limit)
    return rows.map(toPolicy)
  })

export const readPolicy = (database: Database, ownerId: string, id: string): Promise<Policy> =>
  database.inOrganisation(ownerId, async (tx) => {
    const [row] = await tx
      .select()
      .from(policies)
      .where(and(eq(policies.ownerId, ownerId), eq(policies.id, id)))
      .limit(1)
    if (!row) throw new Problem('policy-not-found')
    return toPolicy(row)
  })

/** Stores a policy whole, new or not. Requests made before keep the rules they were made with. */
export function putPolicy(
  database: Database,
  { ownerId, id, draft, now }: { ownerId: string; id: string; draft: PolicyDraft; now: Date },
): Promise<Policy> {
  checkPolicy(draft)
  return database.inOrganisation(ownerId, async (tx) => {
    const values = { content: draft, updatedAt: now }
    const [row] = await tx
      .insert(policies)
      .values({ ownerId, id, ...values })
      .onConflictDoUpdate({ target: [policies.ownerId, policies.id], set: values })
      .returning()
    if (!row) throw new Error('An upsert answers with its row')
    return toPolicy(row)
  })
}

function checkPolicy({ dcql, requirements = [] }: PolicyDraft): void {
  const errors = requirements.flatMap((requirement, at) =>
    (requirement.vct === undefined) === (requirement.formats === undefined)
      ? [{ pointer: `/requirements/${at}`, detail: 'Give vct or formats, and not both.' }]
      : [],
  )
  const queries = requirements.flatMap(({ formats = ['sd_jwt_vc'] }) => formats)
  if (queries.length > dcqlLimits.queries)
    errors.push({ pointer: '/requirements', detail: 'That is more than can be asked for at once.' })
  if (dcql && requirements.length > 0)
    errors.push({ pointer: '/requirements', detail: 'Give requirements or dcql, not both.' })
  if (errors.length > 0) throw new Problem('policy-invalid', { errors })
  const faults = dcql ? checkQuery(dcql) : []
  if (faults.length === 0) return
  throw new Problem('policy-invalid', {
    errors: faults.map(({ pointer, detail }) => ({ pointer: `/dcql${pointer}`, detail })),
  })
}

const toPolicy = ({ id, content, updatedAt }: Row): Policy => ({
  id,
  ...content,
  updatedAt: updatedAt.toISOString(),
})
