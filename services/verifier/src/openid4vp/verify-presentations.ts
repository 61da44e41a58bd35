import {
  type MicroCredential,
  normaliseLearningCredential,
  parseSdJwt,
  processSdJwt,
  selectDisclosures,
  verifyCredential,
  worstOutcome,
} from '@mikromerit/credentials'
import type { VerifierContext } from '../context.ts'
import { hasClaimsAskedFor, isOfTrustedAuthority, pathsAskedFor } from '../dcql/evaluate.ts'
import type { CredentialQuery } from '../dcql/schemas.ts'
import type { WalletRequest } from '../presentation-requests/wallet-requests.ts'
import type { AnswerCheck, AnswerReport } from '../verifications/report.ts'
import { verificationContext } from '../verifications/verification-context.ts'
import { checkPolicy } from './check-policy.ts'
import type { Presentation } from './check-vp-token.ts'
import { claimsMissing, otherAuthority, queryMet } from './query-checks.ts'

/** Verifies every presentation of an answer, each by the format and type of its query (V-32), into one report. */
export async function verifyPresentations(
  context: VerifierContext,
  request: WalletRequest,
  /** V-15: our full client identifier, prefix included, as it was in this request. */
  audience: string,
  presentations: readonly Presentation[],
): Promise<AnswerReport> {
  const verified = await Promise.all(
    presentations.map((presentation) => verifyOne(context, request, presentation, audience)),
  )
  const checks = verified.flatMap((result) => result.checks)
  return {
    outcome: worstOutcome(checks),
    checks,
    microCredentials: verified.flatMap((result) => result.microCredentials),
    verifiedAt: context.clock.now().toISOString(),
  }
}

type ReceivedSdJwt = ReturnType<typeof parseSdJwt>

interface Verified {
  readonly checks: AnswerCheck[]
  readonly microCredentials: MicroCredential[]
}

async function verifyOne(
  context: VerifierContext,
  { secrets: { nonce, rules } }: WalletRequest,
  { query, index, token }: Presentation,
  audience: string,
): Promise<Verified> {
  const { report, payload, issuer } = await verifyCredential(token, {
    ...verificationContext(context, rules),
    keyBinding: { nonce, audience, maxAgeSeconds: context.config.KEY_BINDING_MAX_AGE_SECONDS },
    acceptedVct: query.meta.vct_values,
  })
  const [microCredential] = report.microCredentials
  const received = parseSdJwt(token)
  const policy =
    microCredential && checkPolicy(rules, { issuer, microCredential, now: context.clock.now() })
  const checks: AnswerCheck[] = [
    ...report.checks,
    ...(payload ? [checkQuery(query, received, payload)] : []),
    ...(policy ? [policy] : []),
  ]
  return {
    checks: checks.map((check) => ({
      ...check,
      evidence: { ...check.evidence, query: query.id, presentation: index },
    })),
    microCredentials: microCredential ? keepAskedFor(query, received, microCredential) : [],
  }
}

/** V-13: whether the answer is what was asked for, whatever the wallet thought. */
function checkQuery(
  query: CredentialQuery,
  received: ReceivedSdJwt,
  payload: Readonly<Record<string, unknown>>,
): AnswerCheck {
  if (!hasClaimsAskedFor(query, payload)) return claimsMissing
  const { x5c = [] } = received.ok ? received.value.jws.header : {}
  return isOfTrustedAuthority(query, x5c) ? queryMet : otherAuthority
}

/** V-34: what was disclosed without having been asked for is checked, but neither shown nor stored. */
function keepAskedFor(
  query: CredentialQuery,
  received: ReceivedSdJwt,
  shown: MicroCredential,
): MicroCredential[] {
  const selected = received.ok ? selectDisclosures(received.value, pathsAskedFor(query)) : received
  // A selection as long as the whole is the whole: mostly a wallet discloses nothing else.
  if (received.ok && selected.ok && selected.value.length === received.value.presented.length)
    return [shown]
  const kept = selected.ok ? parseSdJwt(selected.value) : selected
  const processed = kept.ok ? processSdJwt(kept.value) : kept
  const normalised = processed.ok ? normaliseLearningCredential(processed.value.payload) : processed
  return normalised.ok ? [normalised.value] : []
}
