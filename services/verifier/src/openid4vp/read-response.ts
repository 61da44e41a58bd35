import { timingSafeEqual } from 'node:crypto'
import { isObject, parseJsonObject } from '@mikromerit/credentials'
import { OAuthError } from '@mikromerit/service-kit'
import type { WalletSecrets } from '../presentation-requests/wallet-requests.ts'
import { decryptJwe } from './jwe.ts'

/** The form a wallet posts; unknown members are ignored. */
export interface ResponseFields {
  readonly response?: string | undefined
  readonly vp_token?: string | undefined
  readonly state?: string | undefined
  readonly error?: string | undefined
}

/** What a wallet said, before any of it has been checked. */
export type WalletResponse =
  | { readonly kind: 'error'; readonly code: string }
  | { readonly kind: 'answer'; readonly vpToken: Readonly<Record<string, unknown>> }

/**
 * Reads a response in the mode that was asked for, and only for the session it belongs to (V-06 to V-08).
 * @throws OAuthError invalid_request; nothing has been changed then
 */
export function readResponse(fields: ResponseFields, secrets: WalletSecrets): WalletResponse {
  // V-07: an error may come in the open, whatever was asked for.
  const members = fields.error === undefined ? readMembers(fields, secrets) : { ...fields }
  requireState(members.state, secrets.state)
  if (members.error !== undefined) return { kind: 'error', code: readErrorCode(members.error) }
  if (!isObject(members.vp_token)) throw refuse('The response holds no vp_token object.')
  return { kind: 'answer', vpToken: members.vp_token }
}

function readMembers(fields: ResponseFields, secrets: WalletSecrets): Record<string, unknown> {
  if (!secrets.encryptionKey) return readOpenMembers(fields)
  // V-07: what was to be encrypted is refused in the open; whoever sent it must not get used to it.
  if (fields.response === undefined || fields.vp_token !== undefined)
    throw refuse('The request asked for response mode direct_post.jwt: send response alone.')
  const decrypted = decryptJwe(fields.response, secrets.encryptionKey)
  if (!decrypted.ok) throw refuse(decrypted.detail)
  return decrypted.value
}

function readOpenMembers({ vp_token: vpToken, state, response }: ResponseFields) {
  if (vpToken === undefined || response !== undefined)
    throw refuse('The request asked for response mode direct_post: send vp_token and state.')
  const parsed = parseJsonObject(vpToken)
  if (!parsed.ok) throw refuse('The vp_token is not a JSON object.')
  return { vp_token: parsed.value, state }
}

/** V-06: in constant time, although the address is a secret already. */
function requireState(state: unknown, expected: string): void {
  const given = Buffer.from(typeof state === 'string' ? state : '')
  const wanted = Buffer.from(expected)
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
    throw refuse('The state is not that of the request.')
}

/** OpenID4VP 8.5 and RFC 6749 4.1.2.1. */
const errorCodes = [
  'access_denied',
  'invalid_client',
  'invalid_request',
  'invalid_request_uri_method',
  'invalid_scope',
  'invalid_transaction_data',
  'server_error',
  'temporarily_unavailable',
  'unauthorized_client',
  'unsupported_response_type',
  'vp_formats_not_supported',
  'wallet_unavailable',
]

/** A code we know, else `other`: free text of strangers is not kept. */
export const readErrorCode = (code: unknown): string =>
  errorCodes.find((known) => known === code) ?? 'other'

const refuse = (description: string): OAuthError => new OAuthError('invalid_request', description)
