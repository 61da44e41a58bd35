import { OAuthError } from '@mikromerit/service-kit'
import type { FastifyRequest } from 'fastify'
import { type IssueOutcome, issueCredential } from '../../credentials/issue-credential.ts'
import type { Runtime } from '../../runtime.ts'
import { established } from '../exchange.ts'
import { invalidNonce } from './check-nonce.ts'
import type { CredentialResponse } from './schemas.ts'

/** OpenID4VCI 8.3: signs the credential the steps before have cleared. */
export async function answerCredentialRequest(
  runtime: Runtime,
  request: FastifyRequest,
): Promise<CredentialResponse> {
  const issued = await issueCredential(runtime, {
    issuer: established(request, 'issuer'),
    offerId: established(request, 'accessToken').offerId,
    awardId: established(request, 'authorised').awardId,
    configuration: established(request, 'configuration'),
    holderKey: established(request, 'holderKey'),
    nonce: established(request, 'nonce'),
  })
  if (!issued.ok) throw refusal(issued.code)
  return { credentials: [{ credential: issued.credential }], notification_id: issued.id }
}

function refusal(code: Extract<IssueOutcome, { ok: false }>['code']): OAuthError {
  if (code === 'nonce_used') return invalidNonce()
  return new OAuthError(
    'credential_request_denied',
    'The award behind this offer is no longer valid: no credential is issued for it',
  )
}
