import { type Database, Problem } from '@mikromerit/service-kit'
import { and, asc, eq, gt } from 'drizzle-orm'
import { checkQuery } from '../dcql/check-query.ts'
import type { DcqlQuery } from '../dcql/schemas.ts'
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

/** The DCQL query of a policy; undefined when it leaves the question to the standard one. */
export function queryOfPolicy({ dcql, requirements }: PolicyDraft): DcqlQuery | undefined {
  if (dcql) return dcql
  if (!requirements) return undefined
  return {
    credentials: requirements.map(({ vct, claims }, at) => ({
      id: `requirement_${at + 1}`,
      format: 'dc+sd-jwt',
      meta: { vct_values: [vct] },
      ...(claims && { claims: claims.map((name) => ({ path: [name] })) }),
    })),
  }
}

function checkPolicy({ dcql, requirements }: PolicyDraft): void {
  if (dcql && requirements) {
    const detail = 'Give requirements or dcql, not both.'
    throw new Problem('policy-invalid', { errors: [{ pointer: '/requirements', detail }] })
  }
  const faults = dcql ? checkQuery(dcql) : []
  if (faults.length === 0) return
  const errors = faults.map(({ pointer, detail }) => ({ pointer: `/dcql${pointer}`, detail }))
  throw new Problem('policy-invalid', { errors })
}

const toPolicy = ({ id, content, updatedAt }: Row): Policy => ({
  id,
  ...content,
  updatedAt: updatedAt.toISOString(),
})
