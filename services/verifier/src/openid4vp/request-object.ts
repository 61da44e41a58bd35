import { signJws, vcAlgorithms } from '@mikromerit/credentials'
import type { VerifierContext } from '../context.ts'
import type { WalletRequest, WalletSecrets } from '../presentation-requests/wallet-requests.ts'
import { contentEncryptions } from './jwe.ts'

/** OpenID4VP 5.8: what a request object is addressed to when the wallet was not discovered. */
const anyWallet = 'https://self-issued.me/v2'

/**
 * The signed request object (OpenID4VP 5, HAIP 5.1, V-02). Fetched twice it carries the same nonce and
 * state: one session, one nonce (V-05). Undefined when the key of the request is gone.
 */
export async function signRequestObject(
  context: VerifierContext,
  request: WalletRequest,
  { secret, walletNonce }: { readonly secret: string; readonly walletNonce?: string | undefined },
): Promise<string | undefined> {
  const identity = await context.identities.find(request.signingKeyId)
  if (!identity) return undefined
  const { secrets, expiresAt } = request
  return signJws({
    header: { typ: 'oauth-authz-req+jwt' },
    payload: {
      client_id: identity.clientId,
      response_type: 'vp_token',
      response_mode: secrets.responseMode,
      response_uri: `${context.config.PUBLIC_URL}/openid4vp/responses/${secret}`,
      aud: anyWallet,
      nonce: secrets.nonce,
      state: secrets.state,
      dcql_query: secrets.query,
      client_metadata: buildClientMetadata(secrets, context.config.VERIFIER_NAME),
      // No parameter of the specification: wallets that do not know it ignore it, ours shows it (V-34).
      purpose: secrets.purpose,
      ...(walletNonce !== undefined && { wallet_nonce: walletNonce }),
      iat: Math.floor(context.clock.now().getTime() / 1_000),
      exp: Math.floor(expiresAt.getTime() / 1_000),
    },
    signer: identity.signer,
    includeX5c: true,
  })
}

/** OpenID4VP 5.1 and 11.1: what we can read, and what to encrypt to. */
function buildClientMetadata({ encryptionKey }: WalletSecrets, name: string) {
  return {
    client_name: name,
    vp_formats_supported: {
      'dc+sd-jwt': { 'sd-jwt_alg_values': ['ES256'], 'kb-jwt_alg_values': ['ES256'] },
      jwt_vc_json: { alg_values: vcAlgorithms },
      'vc+jwt': { alg_values: vcAlgorithms },
    },
    ...(encryptionKey && {
      jwks: { keys: [{ ...toPublicJwk(encryptionKey), use: 'enc', alg: 'ECDH-ES' }] },
      encrypted_response_enc_values_supported: contentEncryptions,
    }),
  }
}

/** The public half of the key: never the object that holds the private one. */
const toPublicJwk = ({ kid, privateJwk }: NonNullable<WalletSecrets['encryptionKey']>) => {
  const { kty, crv, x, y } = privateJwk
  return { kty, crv, x, y, kid }
}
