import { and, eq } from 'drizzle-orm'
import type { VerifierContext } from '../context.ts'
import type { AnswerReport } from '../verifications/report.ts'
import { createSecret } from './create-request.ts'
import { digestResponseCode, placeOfReport } from './read-request.ts'
import { presentationRequests } from './table.ts'
import { closeWalletRequest, type WalletRequest } from './wallet-requests.ts'

export type RequestResult =
  | { readonly outcome: 'answered'; readonly report: AnswerReport }
  | { readonly outcome: 'declined'; readonly walletError: string }

export interface ClosedRequest {
  /** Where the wallet sends the learner, with a fresh response code (V-09). */
  readonly redirectUri?: string
}

/**
 * Stores what came of a request, once, and destroys its keys. Undefined when it was closed before or has
 * expired meanwhile: then nothing is written, and the first result stands (V-06).
 */
export async function closeRequest(
  { database, vault, clock, changes }: VerifierContext,
  request: WalletRequest,
  result: RequestResult,
): Promise<ClosedRequest | undefined> {
  const { ownerId, requestId: id, secrets } = request
  const now = clock.now()
  const responseCode = secrets.redirectUri === undefined ? undefined : createSecret()
  const sealed =
    result.outcome === 'answered'
      ? { sealedReport: vault.sealJson(result.report, placeOfReport({ ownerId, id })) }
      : { walletError: result.walletError }
  const isFirst = await database.inOrganisation(ownerId, async (tx) => {
    if (!(await closeWalletRequest(tx, request.handle, now))) return false
    await tx
      .update(presentationRequests)
      .set({
        outcome: result.outcome,
        answeredAt: now,
        responseCodeDigest: responseCode === undefined ? null : digestResponseCode(responseCode),
        ...sealed,
      })
      .where(and(eq(presentationRequests.ownerId, ownerId), eq(presentationRequests.id, id)))
    return true
  })
  if (!isFirst) return undefined
  changes.announce(id)
  // In the fragment, as OpenID4VP 8.2 shows it: it reaches no server log and no Referer.
  return responseCode === undefined
    ? {}
    : { redirectUri: `${secrets.redirectUri}#response_code=${responseCode}` }
}
