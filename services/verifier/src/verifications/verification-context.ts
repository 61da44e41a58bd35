import { type AuthoriseOptions, authorise, type VerificationContext } from '@mikromerit/credentials'
import type { VerifierContext } from '../context.ts'

/** What the verification engine asks of this service: issuers' keys, status lists, and the trust registry. */
export const verificationContext = (
  context: VerifierContext,
  options: AuthoriseOptions = {},
): VerificationContext => ({
  now: context.clock.now(),
  clockSkewSeconds: context.config.CLOCK_SKEW_SECONDS,
  resolveIssuerKeys: (query) => context.issuerKeys.resolve(query),
  fetchStatusListToken: (uri) => context.statusLists.fetch(uri),
  fetchBitstringStatusList: (uri) => context.bitstringLists.fetch(uri),
  fetchRevocationList: (uri) => context.bitstringLists.fetchRevocations(uri),
  fetchReplacement: (query) => context.replacements.fetch(query),
  authorise: (query) => authorise(context.trust, query, options),
})
