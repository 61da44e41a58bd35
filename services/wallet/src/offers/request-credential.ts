import { parseJson, type Signer } from '@mikromerit/credentials'
import { resourceRequest } from '@openid4vc/oauth2'
import { Openid4vciClient } from '@openid4vc/openid4vci'
import type { WalletContext } from '../context.ts'
import type { OfferedIssuer } from '../issuers/issuer-metadata.ts'
import { type AccessGrant, authorise } from '../protocol/access-grant.ts'
import { createCallbacks } from '../protocol/callbacks.ts'
import { isUnreachable } from '../protocol/unreachable.ts'
import { IssuanceError, refusedWith, unreachableIssuer } from './issuance-error.ts'

export interface ReceivedCredential {
  readonly token: string
  readonly notificationId: string | undefined
}

interface CredentialRequest {
  readonly issuer: OfferedIssuer
  readonly grant: AccessGrant
  readonly configurationId: string
  /** Names the dataset, when the token answer does; then it stands instead of the configuration. */
  readonly credentialIdentifier: string | undefined
  readonly holderKey: Signer
}

/**
 * Asks for one credential: nonce, key proof, request (OpenID4VCI 7 and 8).
 * Throws IssuanceError; what is returned has not been verified yet.
 */
export async function requestCredential(
  context: WalletContext,
  request: CredentialRequest,
): Promise<ReceivedCredential> {
  try {
    const first = await sendRequest(context, request)
    // W-12: one retry with a new nonce, never more.
    const answer = first.error === 'invalid_nonce' ? await sendRequest(context, request) : first
    if (answer.error !== undefined || answer.body === undefined) throw refusedWith(answer.error)
    return readCredential(answer.body)
  } catch (error) {
    if (isUnreachable(error)) throw unreachableIssuer()
    throw error instanceof IssuanceError ? error : refusedWith(undefined)
  }
}

interface Answer {
  readonly error?: string | undefined
  readonly body?: Record<string, unknown>
}

async function sendRequest(context: WalletContext, request: CredentialRequest): Promise<Answer> {
  const { issuer, grant, configurationId, credentialIdentifier } = request
  const proof = await createProof(context, request)
  const answer = await resourceRequest({
    url: issuer.metadata.credentialIssuer.credential_endpoint,
    ...authorise(context, grant),
    requestOptions: {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        // W-13: an identifier when there is one, else the configuration; never both.
        ...(credentialIdentifier === undefined
          ? { credential_configuration_id: configurationId }
          : { credential_identifier: credentialIdentifier }),
        proofs: { jwt: [proof] },
      }),
    },
  })
  return readAnswer(answer.response)
}

/** W-15: `jwk` header, audience the issuer identifier, no `iss`; W-14: the nonce only from its endpoint. */
async function createProof(context: WalletContext, request: CredentialRequest): Promise<string> {
  const { issuer, configurationId, holderKey } = request
  const client = new Openid4vciClient({ callbacks: createCallbacks(context, [holderKey]) })
  const nonce =
    issuer.metadata.credentialIssuer.nonce_endpoint === undefined
      ? undefined
      : (await client.requestNonce({ issuerMetadata: issuer.metadata })).c_nonce
  const { jwt } = await client.createCredentialRequestJwtProof({
    issuerMetadata: issuer.metadata,
    credentialConfigurationId: configurationId,
    issuedAt: context.clock.now(),
    signer: { method: 'jwk', alg: 'ES256', publicJwk: { ...holderKey.publicJwk } },
    ...(nonce === undefined ? {} : { nonce }),
  })
  return jwt
}

async function readAnswer(response: { status: number; text(): Promise<string> }): Promise<Answer> {
  if (response.status >= 500) throw unreachableIssuer()
  const parsed = parseJson(await response.text())
  const body = parsed.ok ? Object(parsed.value) : {}
  if (response.status === 202) throw new IssuanceError('issuance-deferred')
  if (response.status === 200) return { body }
  return { error: typeof body.error === 'string' ? body.error : 'unnamed' }
}

/** OpenID4VCI 8.3: `credentials` holds one object per key; we sent one. */
function readCredential(body: Record<string, unknown>): ReceivedCredential {
  const { credentials, notification_id: notificationId } = body
  const [first, ...others] = Array.isArray(credentials) ? credentials : []
  const token: unknown = Object(first).credential
  if (typeof token !== 'string' || others.length > 0)
    throw new IssuanceError('issuer-refused', {
      detail: 'The answer does not hold exactly one credential as text.',
    })
  return {
    token,
    notificationId: typeof notificationId === 'string' ? notificationId : undefined,
  }
}
