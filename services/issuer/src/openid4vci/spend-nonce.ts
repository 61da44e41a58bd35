import { runPrepared, type Transaction } from '@mikromerit/service-kit'
import type { Runtime } from '../runtime.ts'
import type { Nonce } from './protocol-tokens.ts'

/** Marks a nonce as used, in the transaction that records the effect. False when it was used before. */
export async function spendNonce(
  { statements }: Runtime,
  tx: Transaction,
  { organisationId, id, expiresAt }: Nonce,
): Promise<boolean> {
  const spent = await runPrepared(tx, statements.nonces.spend, { organisationId, id, expiresAt })
  return spent.length > 0
}
