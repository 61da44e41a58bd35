import { OAuthError } from '@mikromerit/service-kit'
import type { VerifierContext } from '../context.ts'
import { fetchWalletRequest } from '../presentation-requests/wallet-requests.ts'
import { encryptJwe } from './jwe.ts'
import { signRequestObject } from './request-object.ts'
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
  fields: RequestUriFields = {},
): Promise<string> {
  const encryption = readRequestEncryption(fields.wallet_metadata)
  const request = await fetchWalletRequest(context, secret)
  const walletNonce = fields.wallet_nonce
  const signed = request && (await signRequestObject(context, request, { secret, walletNonce }))
  if (!signed)
    throw new OAuthError('invalid_request', 'There is no open request at this address.', {
      status: 404,
    })
  context.changes.announce(request.requestId)
  if (!encryption) return signed
  return encryptJwe(signed, { ...encryption, typ: 'oauth-authz-req+jwt', cty: 'JWT' })
}
