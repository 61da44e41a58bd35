import { Problem, runOnce } from '@mikromerit/service-kit'
import { and, eq } from 'drizzle-orm'
import type { Runtime } from '../runtime.ts'
import type { WalletClient, WalletClientDraft, WalletClientParams } from './schemas.ts'
import { walletClients } from './table.ts'

/** Schemes that run in, or read from, the browser itself: nothing is ever sent there (S-18). */
const forbiddenSchemes = new Set(['javascript:', 'data:', 'blob:', 'file:', 'about:', 'vbscript:'])

/** RFC 9700 2.6, RFC 8252: https, an app's own scheme, or http on the device itself; never with a fragment. */
export function isRedirectUri(text: string): boolean {
  const url = URL.parse(text)
  if (!url || text.includes('#') || forbiddenSchemes.has(url.protocol)) return false
  if (url.username !== '' || url.password !== '') return false
  return url.protocol !== 'http:' || ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
}

/**
 * Registers a wallet, or replaces what is registered of it.
 * @throws Problem organisation-not-found, client-invalid
 */
export async function storeClient(
  runtime: Runtime,
  { organisation, client: id }: WalletClientParams,
  { draft, idempotencyKey: key }: { draft: WalletClientDraft; idempotencyKey: string | undefined },
): Promise<WalletClient> {
  const errors = draft.redirectUris.flatMap((uri, index) =>
    isRedirectUri(uri)
      ? []
      : [{ pointer: `/redirectUris/${index}`, detail: 'This cannot be a redirect URI.' }],
  )
  if (errors.length > 0) throw new Problem('client-invalid', { errors })
  if (!(await runtime.issuers.find(organisation))) throw new Problem('organisation-not-found')
  const fingerprint = ['storeClient', id, draft]
  const { body } = await runtime.database.inOrganisation(organisation, (tx) =>
    runOnce(tx, { ...runtime, owner: organisation, key, fingerprint }, async () => {
      const row = { content: draft, changedAt: runtime.clock.now() }
      await tx
        .insert(walletClients)
        .values({ organisationId: organisation, id, ...row })
        .onConflictDoUpdate({ target: [walletClients.organisationId, walletClients.id], set: row })
      return { status: 200, body: { id, ...draft } }
    }),
  )
  return body
}

/** A registered wallet, if there is one of this client_id. */
export const findClient = (
  runtime: Runtime,
  organisationId: string,
  id: string,
): Promise<WalletClient | undefined> =>
  runtime.database.inOrganisation(organisationId, async (tx) => {
    const [row] = await tx
      .select({ content: walletClients.content })
      .from(walletClients)
      .where(and(eq(walletClients.organisationId, organisationId), eq(walletClients.id, id)))
      .limit(1)
    return row && { id, ...row.content }
  })
