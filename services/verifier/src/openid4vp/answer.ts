import { OAuthError } from '@mikromerit/service-kit'
import type { VerifierContext } from '../context.ts'
import { closeRequest, type RequestResult } from '../presentation-requests/close-request.ts'
import { findWalletRequest, type WalletRequest } from '../presentation-requests/wallet-requests.ts'
import { checkNonces, checkVpToken } from './check-vp-token.ts'
import { type ResponseFields, readResponse } from './read-response.ts'
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
  const result = await evaluate(context, request, fields)
  const closed = await closeRequest(context, request, result)
  if (!closed) throw notOpen()
  return closed.redirectUri === undefined ? {} : { redirect_uri: closed.redirectUri }
}

async function evaluate(
  context: VerifierContext,
  request: WalletRequest,
  fields: ResponseFields,
): Promise<RequestResult> {
  const { secrets } = request
  const response = readResponse(fields, secrets)
  if (response.kind === 'error') return { outcome: 'declined', walletError: response.code }
  const identity = await context.identities.find(request.signingKeyId)
  if (!identity) throw notOpen()
  const presentations = checkVpToken(response.vpToken, secrets.query)
  checkNonces(presentations, secrets.nonce)
  const report = await verifyPresentations(context, request, identity.clientId, presentations)
  return { outcome: 'answered', report }
}

const notOpen = (): OAuthError =>
  new OAuthError('invalid_request', 'There is no open request at this address.')
