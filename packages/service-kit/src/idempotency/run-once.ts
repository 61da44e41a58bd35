import { createHash } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import Type from 'typebox'
import type { Clock } from '../clock.ts'
import type { Transaction } from '../database/transaction.ts'
import { Problem } from '../problems/problem.ts'
import type { Vault } from '../protection/vault.ts'
import { idempotencyKeys } from './table.ts'

/** The request header of every write. */
export const IdempotencyHeaders = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      minLength: 8,
      maxLength: 128,
      pattern: '^[\\x21-\\x7e]+$',
      description: 'Repeat it with the same request to get the same answer; kept for 24 hours',
      examples: ['0190c1a2-0000-7000-8000-00000000abcd'],
    }),
  ),
})

export interface Answer<Body> {
  readonly status: number
  readonly body: Body
}

export interface RunOnceOptions {
  readonly vault: Vault
  /** The tenant: an organisation, or the wallet's holder. */
  readonly owner: string
  /** The Idempotency-Key header; without one the effect simply runs. */
  readonly key: string | undefined
  /** What makes the request this request: route, parameters and body. */
  readonly fingerprint: unknown
  readonly clock: Clock
}

const lifetimeMilliseconds = 24 * 60 * 60 * 1_000

/**
 * Runs the effect once per key, in the caller's transaction: key and effect are recorded together or not at
 * all. A second request with the key waits for the first and gets its answer.
 * @throws Problem `idempotency-key-reused` when the key came with another request.
 */
export async function runOnce<Body>(
  tx: Transaction,
  { vault, owner, key, fingerprint, clock }: RunOnceOptions,
  effect: () => Promise<Answer<Body>>,
): Promise<Answer<Body>> {
  if (key === undefined) return effect()
  const digest = createHash('sha256').update(JSON.stringify(fingerprint)).digest()
  const context = `idempotency/${owner}/${key}`
  const where = and(eq(idempotencyKeys.organisationId, owner), eq(idempotencyKeys.key, key))
  const expiresAt = new Date(clock.now().getTime() + lifetimeMilliseconds)
  const claimed = await tx
    .insert(idempotencyKeys)
    .values({ organisationId: owner, key, fingerprint: digest, expiresAt })
    .onConflictDoNothing() // waits for a transaction that holds the same key
    .returning({ key: idempotencyKeys.key })
  if (claimed.length > 0) {
    const answer = await effect()
    const response = vault.sealJson(answer.body, context)
    await tx.update(idempotencyKeys).set({ status: answer.status, response }).where(where)
    return answer
  }
  const [row] = await tx.select().from(idempotencyKeys).where(where).limit(1)
  if (!row?.fingerprint.equals(digest)) throw new Problem('idempotency-key-reused')
  if (row.status === null || row.response === null)
    throw new Error('An idempotency key was recorded without its answer')
  return { status: row.status, body: vault.openJson<Body>(row.response, context) }
}
