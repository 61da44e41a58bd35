import {
  newId,
  runOnce,
  runPrepared,
  type Transaction,
  withoutWaiting,
} from '@mikromerit/service-kit'
import type { VerifierContext } from '../context.ts'
import { findSigningIdentity } from '../identity/client-identifiers.ts'
import { describeRequest } from '../openid4vp/describe-request.ts'
import { checkDraft } from './check-draft.ts'
import { createSecret, deriveWalletSecret, pageUriOf } from './request-addresses.ts'
import { createSecrets } from './request-secrets.ts'
import type { CreatedPresentationRequest, PresentationRequestDraft } from './schemas.ts'
import { settleQuestion } from './settle-question.ts'
import { digestHandle, insertWalletRequest, type WalletSecrets } from './wallet-requests.ts'

const hourMs = 3_600_000

/** What is asked, by whom and how: settled before anything is written. */
interface NewRequest {
  readonly ownerId: string
  readonly draft: PresentationRequestDraft
  readonly secret: string
  readonly secrets: WalletSecrets
  readonly signingKeyId: string
}

/**
 * Makes a request, once per idempotency key.
 * @throws Problem query-ambiguous, policy-not-found, dcql-invalid, redirect-uri-invalid,
 *   presentation-request-contradictory, client-id-prefix-unavailable, idempotency-key-reused
 */
export async function createRequest(
  context: VerifierContext,
  ownerId: string,
  draft: PresentationRequestDraft,
  key: string | undefined,
): Promise<CreatedPresentationRequest> {
  const question = await settleQuestion(context, ownerId, draft)
  checkDraft(draft, question.query, context.config.NODE_ENV)
  const identity = await findSigningIdentity(context, draft.clientIdPrefix)
  const pageSecret = createSecret()
  const secret = deriveWalletSecret(pageSecret)
  const secrets = createSecrets(context, { draft, question, identity, secret, pageSecret })
  const fingerprint = ['createPresentationRequest', draft]
  const { body } = await context.database.inOrganisation(ownerId, (tx) =>
    runOnce(tx, { ...context, owner: ownerId, key, fingerprint }, async () => {
      const request = { ownerId, draft, secret, secrets, signingKeyId: identity.signer.kid }
      const { id, expiresAt } = insertRequest(context, tx, request)
      const shown = await describeRequest(context, { secret, secrets, identity, expiresAt })
      const page = pageUriOf(context.config.PUBLIC_URL, pageSecret)
      return { status: 201, body: { id, ...shown, page, expiresAt: expiresAt.toISOString() } }
    }),
  )
  return body
}

/** Writes a request for its owner and for the wallet that will fetch it (V-01, V-03). */
function insertRequest(
  context: VerifierContext,
  tx: Transaction,
  { ownerId, draft, secret, secrets, signingKeyId }: NewRequest,
): { readonly id: string; readonly expiresAt: Date } {
  const { config, clock, statements } = context
  const { purpose, policyId = null, expiresIn = config.REQUEST_LIFETIME_SECONDS } = draft
  const createdAt = clock.now()
  const expiresAt = new Date(createdAt.getTime() + expiresIn * 1_000)
  const id = newId()
  const row = { ownerId, id, purpose, policyId, createdAt, expiresAt }
  withoutWaiting(tx, () => runPrepared(tx, statements.insertRequest, row))
  insertWalletRequest(context, tx, {
    handle: digestHandle(secret),
    ownerId,
    requestId: id,
    signingKeyId,
    secrets,
    expiresAt,
    deleteAt: new Date(expiresAt.getTime() + config.RESULT_RETENTION_HOURS * hourMs),
  })
  return { id, expiresAt }
}
