import { signJws } from '@mikromerit/credentials'
import type { VerifierContext } from '../context.ts'
import { signingFor } from '../identity/client-identifiers.ts'
import {
  buildCommonParameters,
  buildDirectPostParameters,
  clientOf,
  type WrittenRequest,
} from './request-parameters.ts'

/** OpenID4VP 5.8: what a request object is addressed to when the wallet was not discovered. */
const anyWallet = 'https://self-issued.me/v2'

type Context = Pick<VerifierContext, 'config' | 'clock' | 'verifierInfo'>

/**
 * The signed request object (OpenID4VP 5, HAIP 5.1, V-02). Fetched twice it carries the same nonce and
 * state: one session, one nonce (V-05).
 */
export const signRequestObject = (
  context: Context,
  request: WrittenRequest,
  walletNonce: string | undefined,
): Promise<string> =>
  sign(context, request, {
    ...buildDirectPostParameters(context, request),
    ...(walletNonce !== undefined && { wallet_nonce: walletNonce }),
  })

/** The same for a browser (OpenID4VP A.3.2): it says which pages may ask, and needs no state. */
export const signBrowserRequest = (
  context: Context,
  request: WrittenRequest,
  expectedOrigins: readonly string[],
): Promise<string> =>
  sign(context, request, {
    client_id: clientOf(request).id,
    response_mode: request.secrets.responseMode,
    expected_origins: expectedOrigins,
    ...buildCommonParameters(context, request),
  })

const sign = ({ clock }: Context, request: WrittenRequest, parameters: object): Promise<string> =>
  signJws({
    ...signingFor(clientOf(request), request.identity),
    payload: {
      ...parameters,
      aud: anyWallet,
      iat: Math.floor(clock.now().getTime() / 1_000),
      exp: Math.floor(request.expiresAt.getTime() / 1_000),
    },
  })
