/** Codes of OpenID4VCI and OAuth that may be repeated to the learner; anything else is "another error". */
const knownErrors = new Set([
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
  'invalid_token',
  'insufficient_scope',
  'invalid_dpop_proof',
  'use_dpop_nonce',
  'invalid_credential_request',
  'unknown_credential_configuration',
  'unknown_credential_identifier',
  'invalid_proof',
  'invalid_nonce',
  'invalid_encryption_parameters',
  'credential_request_denied',
])

export type IssuanceProblem =
  | 'issuer-unreachable'
  | 'issuer-metadata-invalid'
  | 'transaction-code-refused'
  | 'offer-dead'
  | 'issuer-refused'
  | 'issuance-deferred'
  | 'credential-rejected'
  | 'issuer-untrusted'

/** Why a redemption stopped, and whether the same offer may be tried again (W-20). */
export class IssuanceError extends Error {
  override readonly name = 'IssuanceError'
  readonly problem: IssuanceProblem
  readonly isRetryable: boolean
  readonly detail: string | undefined

  constructor(problem: IssuanceProblem, options: { isRetryable?: boolean; detail?: string } = {}) {
    super(problem)
    this.problem = problem
    this.isRetryable = options.isRetryable ?? false
    this.detail = options.detail
  }
}

export const unreachableIssuer = (): IssuanceError =>
  new IssuanceError('issuer-unreachable', { isRetryable: true })

export const rejected = (detail: string): IssuanceError =>
  new IssuanceError('credential-rejected', { detail })

/** The error body's free text is never used (S-20): only a code from the specifications. */
export const refusedWith = (error: string | undefined): IssuanceError =>
  new IssuanceError('issuer-refused', {
    detail:
      error !== undefined && knownErrors.has(error)
        ? `The issuer answered ${error}.`
        : 'The issuer answered with another error.',
  })
