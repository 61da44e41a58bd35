import { vcAlgorithms } from '@mikromerit/credentials'
import type { VerifierContext } from '../context.ts'
import type { RequestClient } from '../identity/client-identifiers.ts'
import type { Identity } from '../identity/identities.ts'
import { chooseVerifierInfo } from '../identity/verifier-info.ts'
import { confirmationCodeOf } from '../presentation-requests/confirmation-code.ts'
import { directPostMode } from '../presentation-requests/doors.ts'
import { responseUriOf } from '../presentation-requests/request-addresses.ts'
import type { WalletSecrets } from '../presentation-requests/wallet-requests.ts'
import { contentEncryptions } from './jwe.ts'

/** A request, with what is needed to write it down in any of its forms. */
export interface WrittenRequest {
  readonly secret: string
  readonly secrets: WalletSecrets
  readonly identity: Identity
  readonly expiresAt: Date
}

type Context = Pick<VerifierContext, 'config' | 'clock' | 'verifierInfo'>

/** Who asks, as it was settled when the request was made. */
export const clientOf = ({ secrets, identity }: Pick<WrittenRequest, 'secrets' | 'identity'>) =>
  secrets.client ?? ({ prefix: 'x509_hash', id: identity.clientId } satisfies RequestClient)

/** What every form of a request says (OpenID4VP 5). */
export function buildCommonParameters(
  { config, clock, verifierInfo }: Context,
  { secrets, identity }: WrittenRequest,
) {
  const isSigned = clientOf({ secrets, identity }).prefix !== 'redirect_uri'
  const infos = isSigned ? chooseVerifierInfo(verifierInfo, identity.leaf, clock.now()) : []
  return {
    response_type: 'vp_token',
    nonce: secrets.nonce,
    dcql_query: secrets.query,
    client_metadata: buildClientMetadata(secrets, config.VERIFIER_NAME),
    ...(secrets.transactionData && { transaction_data: secrets.transactionData }),
    ...(infos.length > 0 && { verifier_info: infos }),
    // No parameter of the specification: wallets that do not know it ignore it, ours shows it (V-34).
    purpose: secrets.purpose,
  }
}

/** For an answer that is posted to us (OpenID4VP 8.2). */
export const buildDirectPostParameters = (context: Context, request: WrittenRequest) => ({
  client_id: clientOf(request).id,
  response_mode: directPostMode(request.secrets.responseMode),
  response_uri: responseUriOf(context.config.PUBLIC_URL, request.secret),
  state: request.secrets.state,
  ...buildCommonParameters(context, request),
  // Ours, too (S-16).
  confirmation_code: confirmationCodeOf(request.secrets.state),
})

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
