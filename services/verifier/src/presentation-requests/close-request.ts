import { commitWith, runPrepared } from '@mikromerit/service-kit'
import type { VerifierContext } from '../context.ts'
import type { AnswerReport } from '../verifications/report.ts'
import { digestResponseCode, placeOfReport } from './read-request.ts'
import { createSecret } from './request-addresses.ts'
import type { WalletRequest } from './wallet-requests.ts'

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
  context: VerifierContext,
  request: WalletRequest,
  result: RequestResult,
): Promise<ClosedRequest | undefined> {
  const { requestId, secrets } = request
  const responseCode = secrets.redirectUri === undefined ? undefined : createSecret()
  if (!(await storeResult(context, request, result, responseCode))) return undefined
  context.changes.announce(requestId)
  // In the fragment, as OpenID4VP 8.2 shows it: it reaches no server log and no Referer.
  return responseCode === undefined
    ? {}
    : { redirectUri: `${secrets.redirectUri}#response_code=${responseCode}` }
}

/** False when somebody else was first: then only what was destroyed anyway is destroyed again. */
const storeResult = (
  { database, vault, clock, statements }: VerifierContext,
  { handle, ownerId, requestId }: WalletRequest,
  result: RequestResult,
  responseCode: string | undefined,
): Promise<boolean> =>
  database.inOrganisation(ownerId, async (tx) => {
    const place = placeOfReport({ ownerId, id: requestId })
    const values = {
      ownerId,
      requestId,
      now: clock.now().toISOString(),
      outcome: result.outcome,
      responseCodeDigest: responseCode === undefined ? null : digestResponseCode(responseCode),
      sealedReport: result.outcome === 'answered' ? vault.sealJson(result.report, place) : null,
      walletError: result.outcome === 'declined' ? result.walletError : null,
    }
    const [closed] = await commitWith(tx, () =>
      Promise.all([
        runPrepared(tx, statements.closeRequest, values),
        runPrepared(tx, statements.destroySecrets, { handle }),
      ]),
    )
    return closed.length === 1
  })
