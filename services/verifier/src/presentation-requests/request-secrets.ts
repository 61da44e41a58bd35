import { generateSigningKey } from '@mikromerit/credentials'
import type { VerifierContext } from '../context.ts'
import { nameClient } from '../identity/client-identifiers.ts'
import type { Identity } from '../identity/identities.ts'
import { isEncrypted, isForBrowsers } from './doors.ts'
import { createSecret, pageUriOf, responseUriOf } from './request-addresses.ts'
import type { PresentationRequestDraft } from './schemas.ts'
import type { Question } from './settle-question.ts'
import type { WalletSecrets } from './wallet-requests.ts'

export interface SecretsOptions {
  readonly draft: PresentationRequestDraft
  readonly question: Question
  readonly identity: Identity
  readonly secret: string
  readonly pageSecret: string
}

/**
 * What one request is made of: fresh secrets (V-01), a key of its own (V-03), and who asks.
 * @throws Problem client-id-prefix-unavailable
 */
export function createSecrets(
  { config, attestation, clock }: Pick<VerifierContext, 'config' | 'attestation' | 'clock'>,
  { draft, question: { query, rules }, identity, secret, pageSecret }: SecretsOptions,
): WalletSecrets {
  const { PUBLIC_URL: publicUrl } = config
  const { purpose, responseMode = 'direct_post.jwt', clientIdPrefix = 'x509_hash' } = draft
  const redirectUri = redirectUriOf(draft, pageUriOf(publicUrl, pageSecret))
  const responseUri = responseUriOf(publicUrl, secret)
  const now = clock.now()
  return {
    nonce: createSecret(),
    state: createSecret(),
    responseMode,
    query,
    purpose,
    rules,
    client: nameClient(clientIdPrefix, { identity, publicUrl, responseUri, attestation, now }),
    ...(isEncrypted(responseMode) && { encryptionKey: createEncryptionKey() }),
    ...(redirectUri !== undefined && { redirectUri }),
    ...(draft.requestUriMethod === 'post' && { requestUriMethod: 'post' }),
    ...(draft.transactionData && { transactionData: draft.transactionData.map(encode) }),
    ...(isForBrowsers(responseMode) && {
      expectedOrigins: draft.expectedOrigins ?? [new URL(publicUrl).origin],
    }),
  }
}

/** The way back of the same-device flow: a page of the asker's, else that of the request (V-10). */
const redirectUriOf = ({ redirectUri, flow }: PresentationRequestDraft, page: string) =>
  redirectUri ?? (flow === 'same_device' ? page : undefined)

function createEncryptionKey() {
  const { privateKey, kid } = generateSigningKey()
  return { kid, privateJwk: privateKey.export({ format: 'jwk' }) }
}

/** OpenID4VP 8.4: base64url of JSON; B.3.3.1: the one algorithm we compare hashes of. */
const encode = (item: object): string =>
  Buffer.from(JSON.stringify({ ...item, transaction_data_hashes_alg: ['sha-256'] })).toString(
    'base64url',
  )
