import type { AwardRecord, AwardStatus } from '@mikromerit/credentials'
import { Problem, runPrepared, type Transaction } from '@mikromerit/service-kit'
import { and, eq } from 'drizzle-orm'
import type { Issuer } from '../organisations/issuers.ts'
import type { Runtime } from '../runtime.ts'
import type { AwardRow } from './award-view.ts'
import { openAward } from './sealed-award.ts'
import { awards } from './table.ts'

export interface LockedAward {
  readonly status: AwardStatus
  readonly record: AwardRecord
}

/**
 * The award a credential is to be made from, locked against a change of its status until the credential is
 * recorded. Undefined when its learner is erased: there is nothing left to say.
 */
export async function lockAwardForIssuing(
  runtime: Runtime,
  tx: Transaction,
  { organisationId, profile }: Issuer,
  id: string,
): Promise<LockedAward | undefined> {
  const { lockForIssuing } = runtime.statements.awards
  const [row] = await runPrepared(tx, lockForIssuing, { organisationId, id })
  const content = row && openAward(runtime.vault, { organisationId, id }, row)
  const achievement =
    row &&
    (await runtime.definitions.version(tx, {
      organisationId: row.achievementOrganisationId,
      id: row.achievementId,
      version: row.achievementVersion,
    }))
  if (!content || !achievement) return undefined
  const organisation = { id: organisationId, ...profile }
  const creator = await findCreatorOf(runtime, organisationId, row.achievementOrganisationId)
  return {
    status: row.status,
    record: { organisation, achievement, award: { id, ...content }, ...(creator && { creator }) },
  }
}

/** Who created the definition, when that is not who awarded it. */
export async function findCreatorOf(
  { issuers }: Runtime,
  organisationId: string,
  creatorId: string,
): Promise<AwardRecord['creator']> {
  if (creatorId === organisationId) return undefined
  const creator = await issuers.find(creatorId)
  return (
    creator && { issuer: creator.identifier, organisation: { id: creatorId, ...creator.profile } }
  )
}

/**
 * Locks an award against a change of its status and refuses what cannot be offered.
 * @throws Problem award-not-found, award-not-valid, award-erased
 */
export async function lockAwardForOffer(
  tx: Transaction,
  { organisationId, id }: { organisationId: string; id: string },
): Promise<void> {
  const [row] = await tx
    .select({ status: awards.status, erasedAt: awards.erasedAt })
    .from(awards)
    .where(and(eq(awards.organisationId, organisationId), eq(awards.id, id)))
    .limit(1)
    .for('share')
  if (!row) throw new Problem('award-not-found')
  requireOfferable(row)
}

/**
 * An award, locked for a change of its status.
 * @throws Problem award-not-found
 */
export async function lockAward(
  tx: Transaction,
  organisationId: string,
  id: string,
): Promise<AwardRow> {
  const [row] = await selectAward(tx, organisationId, id).for('no key update')
  if (!row) throw new Problem('award-not-found')
  return row
}

export async function findAwardRow(
  tx: Transaction,
  organisationId: string,
  id: string,
): Promise<AwardRow | undefined> {
  const [row] = await selectAward(tx, organisationId, id)
  return row
}

const selectAward = (tx: Transaction, organisationId: string, id: string) =>
  tx
    .select()
    .from(awards)
    .where(and(eq(awards.organisationId, organisationId), eq(awards.id, id)))
    .limit(1)

/** @throws Problem award-not-valid, award-erased */
export function requireOfferable({
  status,
  erasedAt,
}: {
  status: AwardStatus
  erasedAt?: unknown
}) {
  if (status !== 'valid') throw new Problem('award-not-valid')
  if (erasedAt) throw new Problem('award-erased')
}
