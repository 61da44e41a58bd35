import { Problem } from '@mikromerit/service-kit'
import { and, eq, sql } from 'drizzle-orm'
import { openCredential } from '../claims/open-credential.ts'
import type { WalletContext } from '../context.ts'
import { demandCredential } from '../credentials/credentials.ts'
import { asHolder } from '../holders/holders.ts'
import { digestSecret } from './share-secret.ts'
import { unsealShare } from './stored-share.ts'
import { shares } from './table.ts'

export interface SharedCredential {
  readonly mediaType: 'application/dc+sd-jwt' | 'application/vc+jwt'
  readonly body: string
}

interface FoundShare {
  readonly holderId: string
  readonly id: string
}

/**
 * The credential behind a link, with the chosen disclosures and no key binding; counted as a view.
 * Throws `share-not-found`, whether the link never was, has expired or was withdrawn.
 */
export async function openShare(context: WalletContext, secret: string): Promise<SharedCredential> {
  const { holderId, id } = await findShare(context, secret)
  return asHolder(context, holderId, async (tx, holder) => {
    const [row] = await tx
      .update(shares)
      .set({ views: sql`${shares.views} + 1` })
      .where(and(eq(shares.holderId, holderId), eq(shares.id, id)))
      .returning({ credentialId: shares.credentialId, sealedShare: shares.sealedShare })
    // Withdrawn in this very moment.
    if (!row) throw new Problem('share-not-found')
    const { content } = await demandCredential(tx, holder, row.credentialId)
    const opened = openCredential(content.token)
    const { paths } = unsealShare(holder, id, row.sealedShare)
    return {
      mediaType: opened.vc ? 'application/vc+jwt' : 'application/dc+sd-jwt',
      body: opened.present(paths),
    }
  })
}

/**
 * Finds a share that is open by its secret alone: row-level security shows the one row whose hash was given, and no
 * learner's other rows.
 */
export async function findShare(context: WalletContext, secret: string): Promise<FoundShare> {
  const mac = digestSecret(context, secret)
  const row = await context.database.transaction(async (tx) => {
    await tx.execute(sql`select set_config('mikromerit.share', ${mac.toString('hex')}, true)`)
    const [found] = await tx
      .select({ holderId: shares.holderId, id: shares.id, expiresAt: shares.expiresAt })
      .from(shares)
      .where(eq(shares.secretMac, mac))
      .limit(1)
    return found
  })
  if (!row || row.expiresAt <= context.clock.now()) throw new Problem('share-not-found')
  return row
}
