import { newId, Problem, type Transaction } from '@mikromerit/service-kit'
import { and, count, desc, eq } from 'drizzle-orm'
import { joinPath } from '../claims/claim-path.ts'
import { openCredential } from '../claims/open-credential.ts'
import type { WalletContext } from '../context.ts'
import { demandCredential } from '../credentials/credentials.ts'
import type { HeldCredential } from '../credentials/stored-credential.ts'
import { recordEvent } from '../history/history.ts'
import { asHolder, type Holder } from '../holders/holders.ts'
import type { RecordAnswer } from '../idempotency/answer-once.ts'
import { type PurgeContext, purgeTable } from '../retention/purge-table.ts'
import { describeShare } from './describe-share.ts'
import type { CreatedShare, Share, ShareDraft } from './schemas.ts'
import { deriveSecret, digestSecret } from './share-secret.ts'
import { chooseSharedClaims } from './shared-claims.ts'
import { type StoredShare, sealShare, unsealShare } from './stored-share.ts'
import { shares } from './table.ts'

/** Links to one credential at a time; more are forgotten rather than watched. */
const maxShares = 50
const defaultLifetimeSeconds = 30 * 24 * 60 * 60

/**
 * Makes a link to a credential: written into the history, and open until it expires or is withdrawn.
 * Throws `credential-not-found`, `share-claims-invalid` or `share-limit-reached`.
 */
export const createShare = (
  context: WalletContext,
  holderId: string,
  {
    credentialId,
    draft,
    record,
  }: { credentialId: string; draft: ShareDraft; record: RecordAnswer<CreatedShare> },
): Promise<CreatedShare> =>
  asHolder(context, holderId, async (tx, holder) => {
    const held = await demandCredential(tx, holder, credentialId)
    const chosen = chooseSharedClaims(openCredential(held.content.token), draft.claims)
    if (!chosen.ok) throw new Problem('share-claims-invalid', { detail: chosen.detail })
    await refuseMoreThan(tx, holder, credentialId)
    const now = context.clock.now()
    const lifetime = draft.expiresIn ?? defaultLifetimeSeconds
    const share = { id: newId(), expiresAt: new Date(now.getTime() + lifetime * 1_000) }
    await tx.insert(shares).values({
      ...share,
      holderId: holder.id,
      credentialId,
      secretMac: digestSecret(context, deriveSecret(context, holder.id, share.id)),
      sealedShare: sealShare(holder, share.id, { paths: chosen.value }),
      createdAt: now,
    })
    await recordShareEvent(tx, holder, {
      event: 'credential_shared',
      held,
      share: { paths: chosen.value },
      id: share.id,
      at: now,
    })
    const created = { id: share.id, expiresAt: share.expiresAt.toISOString() }
    await record(tx, holder, created)
    return created
  })

/** The links to a credential that are open, the latest first. Throws `credential-not-found`. */
export const listShares = (
  context: WalletContext,
  holderId: string,
  credentialId: string,
): Promise<Share[]> =>
  asHolder(context, holderId, async (tx, holder) => {
    const held = await demandCredential(tx, holder, credentialId)
    const rows = await tx
      .select()
      .from(shares)
      .where(and(eq(shares.holderId, holder.id), eq(shares.credentialId, credentialId)))
      .orderBy(desc(shares.id))
      .limit(maxShares)
    const now = context.clock.now()
    return rows
      .filter(({ expiresAt }) => expiresAt > now)
      .map((row) => describeShare(row, unsealShare(holder, row.id, row.sealedShare), held))
  })

/** Closes a link for good. Throws `share-not-found`. */
export const withdrawShare = (
  context: WalletContext,
  holderId: string,
  { credentialId, id, record }: { credentialId: string; id: string; record: RecordAnswer<null> },
): Promise<null> =>
  asHolder(context, holderId, async (tx, holder) => {
    const [row] = await tx
      .delete(shares)
      .where(
        and(
          eq(shares.holderId, holder.id),
          eq(shares.id, id),
          eq(shares.credentialId, credentialId),
        ),
      )
      .returning()
    if (!row) throw new Problem('share-not-found')
    const held = await demandCredential(tx, holder, credentialId)
    const share = unsealShare(holder, id, row.sealedShare)
    const at = context.clock.now()
    await recordShareEvent(tx, holder, { event: 'share_withdrawn', held, share, id, at })
    await record(tx, holder, null)
    return null
  })

/** Forgets links that expired before a moment, of all learners. */
export const purgeShares = (context: PurgeContext, before: Date): Promise<void> =>
  purgeTable(context, shares, before)

async function refuseMoreThan(tx: Transaction, holder: Holder, credentialId: string) {
  const [counted] = await tx
    .select({ number: count() })
    .from(shares)
    .where(and(eq(shares.holderId, holder.id), eq(shares.credentialId, credentialId)))
  if ((counted?.number ?? 0) >= maxShares) throw new Problem('share-limit-reached')
}

const recordShareEvent = (
  tx: Transaction,
  holder: Holder,
  {
    event,
    held: { id: credentialId, content },
    share,
    id,
    at,
  }: {
    event: 'credential_shared' | 'share_withdrawn'
    held: HeldCredential
    share: StoredShare
    id: string
    at: Date
  },
): Promise<void> =>
  recordEvent(tx, holder, {
    event,
    at,
    detail: {
      credentials: [{ credentialId, title: content.title, disclosed: share.paths.map(joinPath) }],
      shareId: id,
    },
  })

/** An open link to this credential. Throws `share-not-found`. */
export async function demandShare(
  { clock }: Pick<WalletContext, 'clock'>,
  tx: Transaction,
  { holder, credentialId, id }: { holder: Holder; credentialId: string; id: string },
): Promise<void> {
  const [row] = await tx
    .select({ expiresAt: shares.expiresAt })
    .from(shares)
    .where(
      and(eq(shares.holderId, holder.id), eq(shares.credentialId, credentialId), eq(shares.id, id)),
    )
    .limit(1)
  if (!row || row.expiresAt <= clock.now()) throw new Problem('share-not-found')
}
