import { OAuthError } from '@mikromerit/service-kit'
import type { VerifierContext } from '../context.ts'
import { closeRequest, type RequestResult } from '../presentation-requests/close-request.ts'
import { findWalletRequest, type WalletRequest } from '../presentation-requests/wallet-requests.ts'
import { checkNonces, checkVpToken } from './check-vp-token.ts'
import { type ResponseFields, readResponse, type WalletResponse } from './read-response.ts'
import { clientOf } from './request-parameters.ts'
import { verifyPresentations } from './verify-presentations.ts'

/**
 * Takes a wallet's answer (OpenID4VP 8). What is malformed or belongs to another session is refused and
 * changes nothing; a well-formed answer is accepted once, and what is wrong in it stands in the report.
 * @throws OAuthError invalid_request
 */
export async function takeAnswer(
  context: VerifierContext,
  secret: string,
  fields: ResponseFields,
): Promise<{ redirect_uri?: string }> {
  const request = await findWalletRequest(context, secret)
  // Unknown, expired and answered look alike to whoever tries addresses (V-06, S-17).
  if (!request) throw notOpen()
  const response = readResponse(fields, request.secrets)
  const identity = await context.identities.find(request.signingKeyId)
  if (!identity) throw notOpen()
  // V-15: our full client identifier, prefix included, as it was in this request.
  const audiences = [clientOf({ secrets: request.secrets, identity }).id]
  const redirectUri = await settleAnswer(context, request, { response, audiences })
  return redirectUri === undefined ? {} : { redirect_uri: redirectUri }
}

export interface Answer {
  readonly response: WalletResponse
  /** To whom presentations may be addressed, by the way they came. */
  readonly audiences: readonly string[]
}

/**
 * Verifies an answer and closes its request. Answers where the wallet sends the learner.
 * @throws OAuthError invalid_request
 */
export async function settleAnswer(
  context: VerifierContext,
  request: WalletRequest,
  answer: Answer,
): Promise<string | undefined> {
  const result = await evaluate(context, request, answer)
  const closed = await closeRequest(context, request, result)
  if (!closed) throw notOpen()
  return closed.redirectUri
}

async function evaluate(
  context: VerifierContext,
  request: WalletRequest,
  { response, audiences }: Answer,
): Promise<RequestResult> {
  if (response.kind === 'error') return { outcome: 'declined', walletError: response.code }
  const { query, nonce } = request.secrets
  const presentations = checkVpToken(response.vpToken, query)
  checkNonces(presentations, nonce)
  const report = await verifyPresentations(context, request, audiences, presentations)
  return { outcome: 'answered', report }
}

const notOpen = (): OAuthError =>
  new OAuthError('invalid_request', 'There is no open request at this address.')
