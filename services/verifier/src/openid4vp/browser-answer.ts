import { isObject } from '@mikromerit/credentials'
import { OAuthError, Problem } from '@mikromerit/service-kit'
import type { VerifierContext } from '../context.ts'
import { isEncrypted } from '../presentation-requests/doors.ts'
import type { BrowserAnswer } from '../presentation-requests/schemas.ts'
import type { WalletRequest, WalletSecrets } from '../presentation-requests/wallet-requests.ts'
import { settleAnswer } from './answer.ts'
import { decryptJwe } from './jwe.ts'
import { readErrorCode, type WalletResponse } from './read-response.ts'
import { clientOf } from './request-parameters.ts'

/**
 * Takes an answer that came through a browser (OpenID4VP A.4). It is addressed to the page that asked,
 * whoever signed the request: only origins that may ask are accepted.
 * @throws Problem presentation-request-closed, browser-answer-invalid; nothing has been changed then
 */
export async function takeBrowserAnswer(
  context: VerifierContext,
  request: WalletRequest | undefined,
  answer: BrowserAnswer,
): Promise<void> {
  const identity = request && (await context.identities.find(request.signingKeyId))
  if (!identity) throw new Problem('presentation-request-closed')
  const { secrets } = request
  if (!secrets.expectedOrigins) throw invalid('This request is not for browsers.')
  const isSigned = clientOf({ secrets, identity }).prefix !== 'redirect_uri'
  if (answer.protocol !== `openid4vp-v1-${isSigned ? 'signed' : 'unsigned'}`)
    throw invalid('The protocol is not that of the request.')
  const response = readBrowserResponse(answer.data, secrets)
  const audiences = secrets.expectedOrigins.map((origin) => `origin:${origin}`)
  try {
    await settleAnswer(context, request, { response, audiences })
  } catch (error) {
    // Said in the words of the protocol, but to a caller of our own API.
    if (error instanceof OAuthError) throw invalid(error.message)
    throw error
  }
}

/** OpenID4VP A.4 and 8.3: in the mode that was asked for; an error may come in the open (V-07). */
function readBrowserResponse(
  data: Readonly<Record<string, unknown>>,
  secrets: WalletSecrets,
): WalletResponse {
  const members = data.error === undefined ? readMembers(data, secrets) : data
  if (members.error !== undefined) return { kind: 'error', code: readErrorCode(members.error) }
  if (!isObject(members.vp_token)) throw invalid('The answer holds no vp_token object.')
  return { kind: 'answer', vpToken: members.vp_token }
}

function readMembers(
  data: Readonly<Record<string, unknown>>,
  { responseMode, encryptionKey }: WalletSecrets,
): Readonly<Record<string, unknown>> {
  if (!isEncrypted(responseMode)) return data
  const { response, vp_token: open } = data
  if (!encryptionKey || typeof response !== 'string' || open !== undefined)
    throw invalid('The request asked for response mode dc_api.jwt: send response alone.')
  const decrypted = decryptJwe(response, encryptionKey)
  if (!decrypted.ok) throw invalid(decrypted.detail)
  return decrypted.value
}

const invalid = (detail: string): Problem => new Problem('browser-answer-invalid', { detail })
