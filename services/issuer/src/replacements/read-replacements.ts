import type { ReplacementReason } from '@mikromerit/credentials'
import type { Transaction } from '@mikromerit/service-kit'
import { and, eq, inArray, or } from 'drizzle-orm'
import type { Succession } from './succession.ts'
import { replacements } from './table.ts'

export interface Successions {
  /** The award it took the place of. */
  readonly supersedes?: Succession
  /** The award that took its place. */
  readonly supersededBy?: Succession
}

/** What each of these awards replaced, and what replaced it. */
export async function listSuccessions(
  tx: Transaction,
  organisationId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Successions>> {
  const found = new Map<string, Successions>()
  if (ids.length === 0) return found
  const rows = await tx
    .select()
    .from(replacements)
    .where(
      and(
        eq(replacements.organisationId, organisationId),
        or(inArray(replacements.awardId, [...ids]), inArray(replacements.replacedBy, [...ids])),
      ),
    )
    .limit(2 * ids.length)
  const add = (id: string, succession: Successions) =>
    found.set(id, { ...found.get(id), ...succession })
  for (const { awardId, replacedBy, reason, replacedAt } of rows) {
    const at = replacedAt.toISOString()
    add(awardId, { supersededBy: { award: replacedBy, reason, at } })
    add(replacedBy, { supersedes: { award: awardId, reason, at } })
  }
  return found
}

export interface Successor {
  readonly awardId: string
  readonly reason: ReplacementReason
  readonly replacedAt: Date
}

/** What directly took an award's place. */
export async function findSuccessor(
  tx: Transaction,
  organisationId: string,
  awardId: string,
): Promise<Successor | undefined> {
  const [row] = await tx
    .select()
    .from(replacements)
    .where(and(eq(replacements.organisationId, organisationId), eq(replacements.awardId, awardId)))
    .limit(1)
  return row && { awardId: row.replacedBy, reason: row.reason, replacedAt: row.replacedAt }
}

/** Nobody corrects an award this often; a longer chain is not followed to its end. */
const longestChain = 100

/** The last award of a chain: the one to correct, and the one that counts. */
export async function findNewest(
  tx: Transaction,
  organisationId: string,
  awardId: string,
): Promise<string> {
  let newest = awardId
  for (let step = 0; step < longestChain; step++) {
    const successor = await findSuccessor(tx, organisationId, newest)
    if (!successor) return newest
    newest = successor.awardId
  }
  return newest
}
