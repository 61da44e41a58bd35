import {
  type Database,
  type DataKey,
  idempotencyKeys,
  type Transaction,
  type Vault,
} from '@mikromerit/service-kit'
import { eq } from 'drizzle-orm'
import { holders } from './table.ts'

/** An open holder: one learner's rows within one transaction, and the key that seals them. */
export interface Holder {
  readonly id: string
  readonly dataKey: DataKey
  /** A keyed hash for this learner: what is equal is found, and nothing else is known of it. */
  digest(text: string): Buffer
}

interface HolderContext {
  readonly database: Database
  readonly vault: Vault
  readonly clock: { now(): Date }
}

/**
 * Runs `work` in one transaction that sees only this learner's rows (row-level security).
 * A learner seen for the first time gets a row and a data key.
 */
export function asHolder<T>(
  context: HolderContext,
  holderId: string,
  work: (tx: Transaction, holder: Holder) => Promise<T>,
): Promise<T> {
  return context.database.inOrganisation(holderId, async (tx) => {
    const wrapped =
      (await findWrappedKey(tx, holderId)) ?? (await createHolder(tx, context, holderId))
    const mac = context.vault.mac('values of holders')
    return work(tx, {
      id: holderId,
      dataKey: context.vault.unwrapDataKey(wrapped),
      digest: (text) => mac.digest(JSON.stringify([holderId, text])),
    })
  })
}

/** Erases a learner: the rows go, and with the data key everything that may be left in backups. */
export function eraseHolder(context: HolderContext, holderId: string): Promise<void> {
  return context.database.inOrganisation(holderId, async (tx) => {
    await tx.delete(idempotencyKeys).where(eq(idempotencyKeys.organisationId, holderId))
    await tx.delete(holders).where(eq(holders.holderId, holderId))
  })
}

async function findWrappedKey(tx: Transaction, holderId: string): Promise<Buffer | undefined> {
  const [row] = await tx
    .select({ dataKey: holders.dataKey })
    .from(holders)
    .where(eq(holders.holderId, holderId))
    .limit(1)
  return row?.dataKey
}

async function createHolder(
  tx: Transaction,
  context: HolderContext,
  holderId: string,
): Promise<Buffer> {
  const { wrapped } = context.vault.newDataKey()
  const [row] = await tx
    .insert(holders)
    .values({ holderId, dataKey: wrapped, createdAt: context.clock.now() })
    // Two first requests at once: the later one uses the key of the earlier.
    .onConflictDoUpdate({ target: holders.holderId, set: { holderId } })
    .returning({ dataKey: holders.dataKey })
  if (!row) throw new Error('the holder row was neither written nor found')
  return row.dataKey
}
