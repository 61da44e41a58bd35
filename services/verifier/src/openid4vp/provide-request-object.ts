import { OAuthError } from '@mikromerit/service-kit'
import type { VerifierContext } from '../context.ts'
import { fetchWalletRequest } from '../presentation-requests/wallet-requests.ts'
import { encryptJwe } from './jwe.ts'
import { signRequestObject } from './request-object.ts'
import { clientOf } from './request-parameters.ts'
import { readRequestEncryption } from './wallet-metadata.ts'

export interface RequestUriFields {
  readonly wallet_nonce?: string | undefined
  readonly wallet_metadata?: string | undefined
}

/**
 * The request object for whoever holds the address, as often as asked until it is answered (V-05).
 * @throws OAuthError invalid_request
 */
export async function provideRequestObject(
  context: VerifierContext,
  secret: string,
  { wallet_nonce: walletNonce, wallet_metadata: metadata }: RequestUriFields = {},
): Promise<string> {
  const encryption = readRequestEncryption(metadata)
  const request = await fetchWalletRequest(context, secret)
  const identity = request && (await context.identities.find(request.signingKeyId))
  if (!identity) throw notOpen()
  const { secrets, expiresAt } = request
  // What is named after its address only must never be signed: the signature would prove nothing (W-21).
  if (clientOf({ secrets, identity }).prefix === 'redirect_uri') throw notOpen()
  const written = { secret, secrets, identity, expiresAt }
  const signed = await signRequestObject(context, written, walletNonce)
  context.changes.announce(request.requestId)
  if (!encryption) return signed
  return encryptJwe(signed, { ...encryption, typ: 'oauth-authz-req+jwt', cty: 'JWT' })
}

const notOpen = (): OAuthError =>
  new OAuthError('invalid_request', 'There is no open request at this address.', { status: 404 })
