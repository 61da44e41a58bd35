import { createHash, timingSafeEqual } from 'node:crypto'
import { Problem } from '@mikromerit/service-kit'
import { and, eq, isNull } from 'drizzle-orm'
import type { VerifierContext } from '../context.ts'
import { createSecret, deriveWalletSecret } from './request-addresses.ts'
import { presentationRequests, walletRequests } from './table.ts'
import { digestHandle } from './wallet-requests.ts'

/** The request behind a page, whatever became of it. */
export interface PagedRequest {
  readonly ownerId: string
  readonly id: string
  /** What is in the wallet's addresses of it. */
  readonly secret: string
  readonly deleteAt: Date
}

/** @throws Problem presentation-request-not-found */
export async function findPage(
  { database }: Pick<VerifierContext, 'database'>,
  pageSecret: string,
): Promise<PagedRequest> {
  const secret = deriveWalletSecret(pageSecret)
  const [row] = await database.drizzle
    .select({
      ownerId: walletRequests.ownerId,
      id: walletRequests.requestId,
      deleteAt: walletRequests.deleteAt,
    })
    .from(walletRequests)
    .where(eq(walletRequests.handle, digestHandle(secret)))
    .limit(1)
  if (!row) throw new Problem('presentation-request-not-found')
  return { ...row, secret }
}

/**
 * S-16: the first browser that opens the page gets its session; every other is refused, so that whoever
 * passes the page on sees nothing of what is shown there, and who was there first cannot be joined.
 * Answers a new session's secret, or undefined when the browser had it.
 * @throws Problem page-open-elsewhere
 */
export async function enterPage(
  context: Pick<VerifierContext, 'database'>,
  page: PagedRequest,
  session: string | undefined,
): Promise<string | undefined> {
  const fresh = createSecret()
  const isFirst = await context.database.inOrganisation(page.ownerId, async (tx) => {
    const claimed = await tx
      .update(presentationRequests)
      .set({ pageSessionDigest: digestSession(fresh) })
      .where(and(isRequestOf(page), isNull(presentationRequests.pageSessionDigest)))
      .returning({ id: presentationRequests.id })
    return claimed.length === 1
  })
  if (isFirst) return fresh
  await requireSession(context, page, session)
  return undefined
}

/** @throws Problem page-open-elsewhere */
export async function requireSession(
  { database }: Pick<VerifierContext, 'database'>,
  page: PagedRequest,
  session: string | undefined,
): Promise<void> {
  const digest = await database.inOrganisation(page.ownerId, async (tx) => {
    const [row] = await tx
      .select({ digest: presentationRequests.pageSessionDigest })
      .from(presentationRequests)
      .where(isRequestOf(page))
      .limit(1)
    return row?.digest
  })
  if (!digest || session === undefined || !timingSafeEqual(digestSession(session), digest))
    throw new Problem('page-open-elsewhere')
}

/** V-10: the code has come back to the session that began; whoever asked may read the report from now on. */
export const releaseReport = (
  { database }: Pick<VerifierContext, 'database'>,
  page: PagedRequest,
) =>
  database.inOrganisation(page.ownerId, async (tx) => {
    await tx.update(presentationRequests).set({ responseCodeDigest: null }).where(isRequestOf(page))
  })

const isRequestOf = ({ ownerId, id }: PagedRequest) =>
  and(eq(presentationRequests.ownerId, ownerId), eq(presentationRequests.id, id))

const digestSession = (session: string): Buffer =>
  createHash('sha256').update(`page session ${session}`).digest()
