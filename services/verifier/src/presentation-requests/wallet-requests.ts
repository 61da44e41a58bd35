import { createHash, type webcrypto } from 'node:crypto'
import { runPrepared, type Transaction, withoutWaiting } from '@mikromerit/service-kit'
import { and, eq, isNotNull, lt, lte } from 'drizzle-orm'
import type { VerifierContext } from '../context.ts'
import type { DcqlQuery } from '../dcql/schemas.ts'
import type { RequestClient } from '../identity/client-identifiers.ts'
import type { PolicyRules } from '../policies/schemas.ts'
import type { ResponseMode } from './doors.ts'
import type { Purpose } from './purpose.ts'
import { walletRequests } from './table.ts'

/** What only we and the wallet that fetched the request know, and what was asked. */
export interface WalletSecrets {
  readonly nonce: string
  readonly state: string
  /** Answers are encrypted to this; absent with response mode direct_post. */
  readonly encryptionKey?: { readonly kid: string; readonly privateJwk: webcrypto.JsonWebKey }
  readonly responseMode: ResponseMode
  readonly query: DcqlQuery
  readonly purpose: Purpose
  readonly rules: PolicyRules
  readonly redirectUri?: string
  /** Absent in requests of before there was a choice. */
  readonly client?: RequestClient
  readonly requestUriMethod?: 'post'
  /** As it was sent: what the hashes in an answer are taken over (V-31). */
  readonly transactionData?: readonly string[]
  /** Pages that may ask through the Digital Credentials API; absent when none may. */
  readonly expectedOrigins?: readonly string[]
}

/** A request as the wallet's side meets it: open, and not expired. */
export interface WalletRequest {
  readonly handle: Buffer
  readonly ownerId: string
  readonly requestId: string
  readonly signingKeyId: string
  readonly expiresAt: Date
  readonly secrets: WalletSecrets
}

/** What is stored of the secret in a request URI. */
export const digestHandle = (secret: string): Buffer => createHash('sha256').update(secret).digest()

/** Writes what the wallet will meet. Its failure is the transaction's: nobody waits for the answer. */
export function insertWalletRequest(
  { vault, statements }: Pick<VerifierContext, 'vault' | 'statements'>,
  tx: Transaction,
  { secrets, ...row }: WalletRequest & { readonly deleteAt: Date },
): void {
  const sealedSecrets = vault.sealJson(secrets, placeOf(row.handle))
  withoutWaiting(tx, () =>
    runPrepared(tx, statements.insertWalletRequest, { ...row, sealedSecrets }),
  )
}

/** The open request of this secret, marked as fetched; undefined for an unknown, answered or expired one. */
export async function fetchWalletRequest(
  { statements, vault, clock }: Pick<VerifierContext, 'statements' | 'vault' | 'clock'>,
  secret: string,
): Promise<WalletRequest | undefined> {
  const place = { handle: digestHandle(secret), now: clock.now().toISOString() }
  const [row] = await statements.fetchWalletRequest.execute(place)
  return row && openRow(vault, row)
}

/** The open request of this secret; undefined for an unknown, answered or expired one (V-06). */
export async function findWalletRequest(
  { statements, vault, clock }: Pick<VerifierContext, 'statements' | 'vault' | 'clock'>,
  secret: string,
): Promise<WalletRequest | undefined> {
  const place = { handle: digestHandle(secret), now: clock.now().toISOString() }
  const [row] = await statements.findWalletRequest.execute(place)
  return row && openRow(vault, row)
}

/** The open request of this owner, for answers that come through the owner; undefined for any other. */
export async function findWalletRequestOfOwner(
  { statements, vault, clock }: Pick<VerifierContext, 'statements' | 'vault' | 'clock'>,
  { ownerId, id: requestId }: { readonly ownerId: string; readonly id: string },
): Promise<WalletRequest | undefined> {
  const [row] = await statements.findWalletRequestOfOwner.execute({ ownerId, requestId })
  return row && row.expiresAt > clock.now() ? openRow(vault, row) : undefined
}

/** V-03: the private keys of expired requests are destroyed. */
export async function destroyExpiredSecrets(tx: Transaction, now: Date): Promise<void> {
  await tx
    .update(walletRequests)
    .set({ sealedSecrets: null })
    .where(and(lte(walletRequests.expiresAt, now), isNotNull(walletRequests.sealedSecrets)))
}

/** Requests whose retention is over, with their owners. */
export const listDeletable = (tx: Transaction, now: Date, limit: number) =>
  tx
    .select({
      handle: walletRequests.handle,
      ownerId: walletRequests.ownerId,
      requestId: walletRequests.requestId,
    })
    .from(walletRequests)
    .where(lt(walletRequests.deleteAt, now))
    .limit(limit)

export async function deleteWalletRequest(tx: Transaction, handle: Buffer): Promise<void> {
  await tx.delete(walletRequests).where(eq(walletRequests.handle, handle))
}

function openRow(
  vault: VerifierContext['vault'],
  { sealedSecrets, ...row }: typeof walletRequests.$inferSelect,
): WalletRequest | undefined {
  if (!sealedSecrets) return undefined
  return { ...row, secrets: vault.openJson<WalletSecrets>(sealedSecrets, placeOf(row.handle)) }
}

const placeOf = (handle: Buffer): string => `wallet-requests/${handle.toString('hex')}`
