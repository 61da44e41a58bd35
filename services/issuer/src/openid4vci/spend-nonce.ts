import type { Transaction } from '@mikromerit/service-kit'
import type { Nonce } from './protocol-tokens.ts'
import { usedNonces } from './table.ts'

/** Marks a nonce as used, in the transaction that records the effect. False when it was used before. */
export async function spendNonce(tx: Transaction, nonce: Nonce): Promise<boolean> {
  const spent = await tx
    .insert(usedNonces)
    .values({ organisationId: nonce.organisationId, id: nonce.id, expiresAt: nonce.expiresAt })
    .onConflictDoNothing()
    .returning({ id: usedNonces.id })
  return spent.length > 0
}
