import {
  checkReportedComponents,
  type MicroCredential,
  worstOutcome,
} from '@mikromerit/credentials'
import type { VerifierContext } from '../context.ts'
import { hasClaimsAskedFor, isOfTrustedAuthority } from '../dcql/evaluate.ts'
import type { CredentialQuery } from '../dcql/schemas.ts'
import type { PolicyRules } from '../policies/schemas.ts'
import type { WalletRequest } from '../presentation-requests/wallet-requests.ts'
import type { AnswerCheck, AnswerReport } from '../verifications/report.ts'
import { verificationContext } from '../verifications/verification-context.ts'
import { checkPolicy } from './check-policy.ts'
import { type Presentation, readKeyBinding } from './check-vp-token.ts'
import { authorityUnknown, claimsMissing, otherAuthority, queryMet } from './query-checks.ts'
import { type PresentedCredential, verifyPresentation } from './read-presentation.ts'
import { checkTransactionData } from './transaction-data.ts'

/** Verifies every presentation of an answer, each by the format and type of its query (V-32), into one report. */
export async function verifyPresentations(
  context: VerifierContext,
  request: WalletRequest,
  /** V-15: to whom a presentation may be addressed. */
  audiences: readonly string[],
  presentations: readonly Presentation[],
): Promise<AnswerReport> {
  const verified = await Promise.all(
    presentations.map((presentation) => verifyOne(context, request, presentation, audiences)),
  )
  const authorised = checkTransactionData(request.secrets, presentations)
  const checks = [
    ...verified.flatMap((result) => result.checks),
    ...(authorised ? [authorised] : []),
  ]
  return checkReportedComponents({
    outcome: worstOutcome(checks),
    checks,
    microCredentials: verified.flatMap((result) => result.microCredentials),
    verifiedAt: context.clock.now().toISOString(),
  })
}

interface Verified {
  readonly checks: AnswerCheck[]
  readonly microCredentials: MicroCredential[]
}

async function verifyOne(
  context: VerifierContext,
  { secrets: { nonce, rules } }: WalletRequest,
  { query, index, token }: Presentation,
  audiences: readonly string[],
): Promise<Verified> {
  const audience = chooseAudience(token, audiences)
  const now = context.clock.now()
  const presented = await verifyPresentation(token, query, {
    ...verificationContext(context, rules),
    keyBinding: { nonce, audience, maxAgeSeconds: context.config.KEY_BINDING_MAX_AGE_SECONDS },
  })
  const checks = presented.flatMap((one, credential) => {
    const place = { query: query.id, presentation: index }
    const evidence = presented.length > 1 ? { ...place, credential } : place
    return describeChecks(one, query, { rules, now }).map((check) => ({
      ...check,
      evidence: { ...check.evidence, ...evidence },
    }))
  })
  return { checks, microCredentials: presented.flatMap(({ kept }) => kept) }
}

/** Whom the presentation claims to be for when that may be; else one that it will be refused for. */
function chooseAudience(token: string, audiences: readonly string[]): string {
  const [first = '', ...others] = audiences
  if (others.length === 0) return first
  const claimed = readKeyBinding(token)?.aud
  return others.find((audience) => audience === claimed) ?? first
}

function describeChecks(
  { verification: { report, payload, issuer }, x5c }: PresentedCredential,
  query: CredentialQuery,
  { rules, now }: { readonly rules: PolicyRules; readonly now: Date },
): AnswerCheck[] {
  const [microCredential] = report.microCredentials
  const policy = microCredential && checkPolicy(rules, { issuer, microCredential, now })
  return [
    ...report.checks,
    ...(payload ? [checkQuery(query, payload, x5c)] : []),
    ...(policy ? [policy] : []),
  ]
}

/** V-13: whether the answer is what was asked for, whatever the wallet thought. */
function checkQuery(
  query: CredentialQuery,
  payload: Readonly<Record<string, unknown>>,
  x5c: readonly string[],
): AnswerCheck {
  if (!hasClaimsAskedFor(query, payload)) return claimsMissing
  const isTrusted = isOfTrustedAuthority(query, x5c)
  if (isTrusted === undefined) return authorityUnknown
  return isTrusted ? queryMet : otherAuthority
}
