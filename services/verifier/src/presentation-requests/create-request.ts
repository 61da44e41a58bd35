import { encodeBase64url, generateSigningKey, takeRandomBytes } from '@mikromerit/credentials'
import {
  newId,
  Problem,
  runOnce,
  runPrepared,
  type Transaction,
  withoutWaiting,
} from '@mikromerit/service-kit'
import type { VerifierContext } from '../context.ts'
import { checkQuery } from '../dcql/check-query.ts'
import { defaultQuery } from '../dcql/default-query.ts'
import type { DcqlQuery } from '../dcql/schemas.ts'
import { readPolicy } from '../policies/policies.ts'
import { queryOfPolicy } from '../policies/policy-query.ts'
import type { PolicyRules } from '../policies/schemas.ts'
import { checkRedirectUri } from './redirect-uri.ts'
import type { CreatedPresentationRequest, PresentationRequestDraft } from './schemas.ts'
import { digestHandle, insertWalletRequest, type WalletSecrets } from './wallet-requests.ts'

const hourMs = 3_600_000

/** What is to be asked, and what is demanded of the answer: settled before anything is written. */
interface Question {
  readonly query: DcqlQuery
  readonly rules: PolicyRules
}

interface NewRequest {
  readonly ownerId: string
  readonly draft: PresentationRequestDraft
  readonly question: Question
}

/**
 * Makes a request, once per idempotency key.
 * @throws Problem query-ambiguous, policy-not-found, dcql-invalid, redirect-uri-invalid,
 *   idempotency-key-reused
 */
export async function createRequest(
  context: VerifierContext,
  ownerId: string,
  draft: PresentationRequestDraft,
  key: string | undefined,
): Promise<CreatedPresentationRequest> {
  const question = await settleQuestion(context, ownerId, draft)
  const fingerprint = ['createPresentationRequest', draft]
  const { body } = await context.database.inOrganisation(ownerId, (tx) =>
    runOnce(tx, { ...context, owner: ownerId, key, fingerprint }, async () => ({
      status: 201,
      body: insertRequest(context, tx, { ownerId, draft, question }),
    })),
  )
  return body
}

async function settleQuestion(
  context: VerifierContext,
  ownerId: string,
  { policyId, dcql, redirectUri }: PresentationRequestDraft,
): Promise<Question> {
  if (policyId !== undefined && dcql) throw new Problem('query-ambiguous')
  if (redirectUri !== undefined) checkRedirectUri(redirectUri, context.config.NODE_ENV)
  if (policyId !== undefined) {
    const policy = await readPolicy(context.database, ownerId, policyId)
    const { requireRegisteredIssuer, acceptedIssuers, maxAgeDays } = policy
    const rules = {
      ...(requireRegisteredIssuer !== undefined && { requireRegisteredIssuer }),
      ...(acceptedIssuers && { acceptedIssuers }),
      ...(maxAgeDays !== undefined && { maxAgeDays }),
    }
    return { query: queryOfPolicy(policy) ?? defaultQuery, rules }
  }
  const faults = dcql ? checkQuery(dcql) : []
  if (faults.length > 0) {
    const errors = faults.map(({ pointer, detail }) => ({ pointer: `/dcql${pointer}`, detail }))
    throw new Problem('dcql-invalid', { errors })
  }
  return { query: dcql ?? defaultQuery, rules: {} }
}

/** Writes a request for its owner and for the wallet that will fetch it, with fresh secrets (V-01, V-03). */
function insertRequest(
  context: VerifierContext,
  tx: Transaction,
  { ownerId, draft, question }: NewRequest,
): CreatedPresentationRequest {
  const { config, clock, identities, statements } = context
  const { purpose, policyId = null, expiresIn = config.REQUEST_LIFETIME_SECONDS } = draft
  const createdAt = clock.now()
  const expiresAt = new Date(createdAt.getTime() + expiresIn * 1_000)
  const id = newId()
  const secret = createSecret()
  const { clientId, signer } = identities.current()
  const row = { ownerId, id, purpose, policyId, createdAt, expiresAt }
  withoutWaiting(tx, () => runPrepared(tx, statements.insertRequest, row))
  insertWalletRequest(context, tx, {
    handle: digestHandle(secret),
    ownerId,
    requestId: id,
    signingKeyId: signer.kid,
    secrets: createSecrets(draft, question),
    expiresAt,
    deleteAt: new Date(expiresAt.getTime() + config.RESULT_RETENTION_HOURS * hourMs),
  })
  const requestUri = `${config.PUBLIC_URL}/openid4vp/requests/${secret}`
  const parameters = new URLSearchParams({ client_id: clientId, request_uri: requestUri })
  return {
    id,
    authorizationRequest: `openid4vp://?${parameters}`,
    requestUri,
    expiresAt: expiresAt.toISOString(),
  }
}

function createSecrets(
  { responseMode = 'direct_post.jwt', purpose, redirectUri }: PresentationRequestDraft,
  { query, rules }: Question,
): WalletSecrets {
  return {
    nonce: createSecret(),
    state: createSecret(),
    responseMode,
    query,
    purpose,
    rules,
    ...(responseMode === 'direct_post.jwt' && { encryptionKey: createEncryptionKey() }),
    ...(redirectUri !== undefined && { redirectUri }),
  }
}

function createEncryptionKey() {
  const { privateKey, kid } = generateSigningKey()
  return { kid, privateJwk: privateKey.export({ format: 'jwk' }) }
}

/** 256 bits, URL-safe. */
export const createSecret = (): string => encodeBase64url(takeRandomBytes(32))
