import { stockholmDate } from '@mikromerit/credentials'
import { type Answer, newId, Problem, runOnce, type Transaction } from '@mikromerit/service-kit'
import { and, desc, eq, isNull, lt } from 'drizzle-orm'
import { findAchievement } from '../achievements/find-achievement.ts'
import type { AchievementParams } from '../achievements/schemas.ts'
import { findOrganisation } from '../organisations/organisations.ts'
import type { Runtime } from '../runtime.ts'
import type { Delegation, DelegationDraft, DelegationParams } from './schemas.ts'
import { delegations } from './table.ts'

export type DelegationRow = typeof delegations.$inferSelect

interface By {
  /** Subject of the access token. */
  readonly subject: string
  readonly idempotencyKey?: string | undefined
}

/**
 * Lets another organisation award a definition, once per idempotency key.
 * @throws Problem achievement-not-found, delegation-invalid
 */
export async function grantDelegation(
  runtime: Runtime,
  { organisation: organisationId, achievement: achievementId }: AchievementParams,
  draft: DelegationDraft,
  { subject, idempotencyKey: key }: By,
): Promise<Answer<Delegation>> {
  const now = runtime.clock.now()
  const row: DelegationRow = {
    organisationId,
    achievementId,
    id: newId(),
    delegateId: draft.organisationId,
    validFrom: draft.from ?? stockholmDate(now),
    validUntil: draft.until ?? null,
    grantedBy: subject,
    grantedAt: now,
    withdrawnBy: null,
    withdrawnAt: null,
  }
  await checkDelegation(runtime, row)
  const fingerprint = ['grantDelegation', achievementId, draft]
  return runtime.database.inOrganisation(organisationId, (tx) =>
    runOnce(tx, { ...runtime, owner: organisationId, key, fingerprint }, async () => {
      await requireAchievement(tx, { organisationId, id: achievementId })
      await tx.insert(delegations).values(row)
      return { status: 201, body: toDelegation(row, now) }
    }),
  )
}

async function checkDelegation(
  runtime: Runtime,
  { organisationId, delegateId, validFrom, validUntil }: DelegationRow,
) {
  const fault = (pointer: string, detail: string) =>
    new Problem('delegation-invalid', { errors: [{ pointer, detail }] })
  if (delegateId === organisationId)
    throw fault('/organisationId', 'The creator needs no right to award its own definition.')
  const exists = await findOrganisation(runtime, delegateId).catch((error: unknown) => {
    if (error instanceof Problem) return undefined
    throw error
  })
  if (!exists) throw fault('/organisationId', 'There is no such organisation.')
  if (validUntil !== null && validUntil < validFrom)
    throw fault('/until', 'The period ends before it begins.')
}

/** Every right that was given for a definition, the newest first. */
export const listDelegations = (
  { database, clock }: Runtime,
  { organisation: organisationId, achievement: achievementId }: AchievementParams,
  { limit, after }: { readonly limit: number; readonly after: string | undefined },
): Promise<Delegation[]> =>
  database.inOrganisation(organisationId, async (tx) => {
    await requireAchievement(tx, { organisationId, id: achievementId })
    const rows = await tx
      .select()
      .from(delegations)
      .where(
        and(
          eq(delegations.organisationId, organisationId),
          eq(delegations.achievementId, achievementId),
          after === undefined ? undefined : lt(delegations.id, after),
        ),
      )
      .orderBy(desc(delegations.id))
      .limit(limit)
    return rows.map((row) => toDelegation(row, clock.now()))
  })

/**
 * Takes a right back, at once and for awards of any day. What was awarded stays. Repeating it changes nothing.
 * @throws Problem delegation-not-found
 */
export const withdrawDelegation = (
  { database, clock }: Runtime,
  { organisation, achievement, delegation }: DelegationParams,
  subject: string,
): Promise<Delegation> =>
  database.inOrganisation(organisation, async (tx) => {
    const isThis = and(
      eq(delegations.organisationId, organisation),
      eq(delegations.achievementId, achievement),
      eq(delegations.id, delegation),
    )
    const now = clock.now()
    await tx
      .update(delegations)
      .set({ withdrawnBy: subject, withdrawnAt: now })
      .where(and(isThis, isNull(delegations.withdrawnAt)))
    const [row] = await tx.select().from(delegations).where(isThis).limit(1)
    if (!row) throw new Problem('delegation-not-found')
    return toDelegation(row, now)
  })

async function requireAchievement(
  tx: Transaction,
  reference: { readonly organisationId: string; readonly id: string },
) {
  if (!(await findAchievement(tx, reference))) throw new Problem('achievement-not-found')
}

/** A right as the API shows it. */
export function toDelegation(row: DelegationRow, now: Date): Delegation {
  const { id, delegateId, validFrom, validUntil, grantedBy, grantedAt } = row
  const { withdrawnBy, withdrawnAt } = row
  return {
    id,
    organisationId: delegateId,
    from: validFrom,
    ...(validUntil !== null && { until: validUntil }),
    state: stateOf(row, stockholmDate(now)),
    grantedBy,
    grantedAt: grantedAt.toISOString(),
    ...(withdrawnBy !== null && { withdrawnBy }),
    ...(withdrawnAt && { withdrawnAt: withdrawnAt.toISOString() }),
  }
}

function stateOf(row: DelegationRow, today: string): Delegation['state'] {
  if (row.withdrawnAt) return 'withdrawn'
  if (today < row.validFrom) return 'coming'
  return row.validUntil !== null && row.validUntil < today ? 'ended' : 'open'
}
