import type { VerificationContext } from '@mikromerit/credentials'
import type { VerifierContext } from '../context.ts'
import { type AuthoriseOptions, authorise } from '../trust/authorise.ts'

/** What the verification engine asks of this service: issuers' keys, status lists, and the trust registry. */
export const verificationContext = (
  { config, clock, issuerKeys, statusLists, trust }: VerifierContext,
  options: AuthoriseOptions = {},
): VerificationContext => ({
  now: clock.now(),
  clockSkewSeconds: config.CLOCK_SKEW_SECONDS,
  resolveIssuerKeys: (query) => issuerKeys.resolve(query),
  fetchStatusListToken: (uri) => statusLists.fetch(uri),
  authorise: (query) => authorise(trust, query, options),
})
