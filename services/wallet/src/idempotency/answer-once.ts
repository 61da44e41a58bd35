import { createHash } from 'node:crypto'
import { idempotencyKeys, Problem, type Transaction } from '@mikromerit/service-kit'
import { and, eq, isNull } from 'drizzle-orm'
import type { WalletContext } from '../context.ts'
import { asHolder, type Holder } from '../holders/holders.ts'
import { type PurgeContext, purgeTable } from '../retention/purge-table.ts'

/** Writes the answer beside the effect, in the transaction that completes it: both or neither. */
export type RecordAnswer<Body> = (tx: Transaction, holder: Holder, body: Body) => Promise<void>

export interface KeyedRequest {
  /** The Idempotency-Key header; without one the write simply runs. */
  readonly key: string | undefined
  /** What makes the request this request: operation, parameters and body. */
  readonly fingerprint: unknown
}

interface Reservation {
  readonly key: string
  readonly fingerprint: Buffer
}

// Longer than any write here may take; a key whose request died is free again after it.
const leaseMilliseconds = 15 * 60 * 1_000
const lifetimeMilliseconds = 24 * 60 * 60 * 1_000

/**
 * Runs a write once per key. The kit's `runOnce` keeps one transaction open for the whole effect; these
 * effects ask issuers and verifiers meanwhile, so the key is reserved first and answered at the end.
 * A refusal is not recorded: the same key may be tried again.
 * @throws Problem `idempotency-key-reused`, or `request-in-progress` while the first is under way.
 */
export async function answerOnce<Body>(
  context: WalletContext,
  holderId: string,
  request: KeyedRequest,
  run: (record: RecordAnswer<Body>) => Promise<Body>,
): Promise<Body> {
  const { key } = request
  if (key === undefined) return run(async () => undefined)
  const reservation = { key, fingerprint: digest(request.fingerprint) }
  const found = await asHolder(context, holderId, (tx, holder) =>
    reserve<Body>(context, tx, holder, reservation),
  )
  if (found) return found.body
  try {
    return await run((tx, holder, body) => recordAnswer(context, tx, holder, { key, body }))
  } catch (error) {
    await asHolder(context, holderId, (tx, holder) => release(tx, holder, key))
    throw error
  }
}

/** Forgets keys and answers that expired before a moment, of all learners. */
export const purgeAnswers = (context: PurgeContext, before: Date): Promise<void> =>
  purgeTable(context, idempotencyKeys, before)

const digest = (fingerprint: unknown): Buffer =>
  createHash('sha256').update(JSON.stringify(fingerprint)).digest()

async function reserve<Body>(
  { clock }: WalletContext,
  tx: Transaction,
  holder: Holder,
  { key, fingerprint }: Reservation,
): Promise<{ body: Body } | undefined> {
  const now = clock.now()
  const expiresAt = new Date(now.getTime() + leaseMilliseconds)
  const inserted = await tx
    .insert(idempotencyKeys)
    .values({ organisationId: holder.id, key, fingerprint, expiresAt })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key })
  if (inserted.length > 0) return undefined
  const [row] = await tx.select().from(idempotencyKeys).where(rowOf(holder, key)).for('update')
  if (row && row.expiresAt > now) {
    if (!row.fingerprint.equals(fingerprint)) throw new Problem('idempotency-key-reused')
    if (row.response === null) throw new Problem('request-in-progress')
    return { body: holder.dataKey.openJson<Body>(row.response, contextOf(holder, key)) }
  }
  await tx
    .update(idempotencyKeys)
    .set({ fingerprint, expiresAt, response: null })
    .where(rowOf(holder, key))
  return undefined
}

async function recordAnswer(
  { clock }: WalletContext,
  tx: Transaction,
  holder: Holder,
  { key, body }: { key: string; body: unknown },
): Promise<void> {
  await tx
    .update(idempotencyKeys)
    .set({
      response: holder.dataKey.sealJson(body, contextOf(holder, key)),
      expiresAt: new Date(clock.now().getTime() + lifetimeMilliseconds),
    })
    .where(rowOf(holder, key))
}

async function release(tx: Transaction, holder: Holder, key: string): Promise<void> {
  await tx.delete(idempotencyKeys).where(and(rowOf(holder, key), isNull(idempotencyKeys.response)))
}

const rowOf = (holder: Holder, key: string) =>
  and(eq(idempotencyKeys.organisationId, holder.id), eq(idempotencyKeys.key, key))
const contextOf = (holder: Holder, key: string) => `idempotency/${holder.id}/${key}`
