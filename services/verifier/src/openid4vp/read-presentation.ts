import {
  type ClaimsPathPointer,
  type MicroCredential,
  normaliseLearningCredential,
  parsePresentationJwt,
  parseSdJwt,
  parseVcJwt,
  processSdJwt,
  selectDisclosures,
  type Verification,
  type VerificationContext,
  verifyCredential,
  verifyVcJwtCredential,
} from '@mikromerit/credentials'
import { pathsAskedFor } from '../dcql/evaluate.ts'
import type { CredentialQuery } from '../dcql/schemas.ts'
import { notReadable } from '../verifications/file-checks.ts'

/** One credential of a presentation, verified. */
export interface PresentedCredential {
  readonly verification: Pick<Verification, 'payload' | 'issuer'> & {
    readonly report: Pick<Verification['report'], 'checks' | 'microCredentials'>
  }
  /** The certificates in it. */
  readonly x5c: readonly string[]
  /** What is shown and stored of it: what was asked for, where less than the whole can be shown (V-34). */
  readonly kept: readonly MicroCredential[]
}

/** Verifies a presentation by the format that its query asked for, and by no other (V-32). */
export function verifyPresentation(
  token: string,
  query: CredentialQuery,
  context: VerificationContext,
): Promise<readonly PresentedCredential[]> {
  const { vct_values: acceptedVct, type_values: acceptedTypes } = query.meta
  return query.format === 'dc+sd-jwt'
    ? verifySdJwt(token, query, { ...context, ...(acceptedVct && { acceptedVct }) })
    : verifyVcJwts(token, query, { ...context, ...(acceptedTypes && { acceptedTypes }) })
}

async function verifySdJwt(
  token: string,
  query: CredentialQuery,
  context: VerificationContext,
): Promise<readonly PresentedCredential[]> {
  const verification = await verifyCredential(token, context)
  const [shown] = verification.report.microCredentials
  const received = parseSdJwt(token)
  const { x5c = [] } = received.ok ? received.value.jws.header : {}
  const kept = shown ? keepAskedFor(pathsAskedFor(query), received, shown) : []
  return [{ verification, x5c, kept }]
}

/** V-34: what was disclosed without having been asked for is checked, but neither shown nor stored. */
function keepAskedFor(
  paths: readonly ClaimsPathPointer[],
  received: ReturnType<typeof parseSdJwt>,
  shown: MicroCredential,
): MicroCredential[] {
  const selected = received.ok ? selectDisclosures(received.value, paths) : received
  // A selection as long as the whole is the whole: mostly a wallet discloses nothing else.
  if (received.ok && selected.ok && selected.value.length === received.value.presented.length)
    return [shown]
  const kept = selected.ok ? parseSdJwt(selected.value) : selected
  const processed = kept.ok ? processSdJwt(kept.value) : kept
  const normalised = processed.ok ? normaliseLearningCredential(processed.value.payload) : processed
  // Named by the credential it is of, whatever is left out of it.
  const { credentialDigest } = shown
  return normalised.ok
    ? [{ ...normalised.value, ...(credentialDigest !== undefined && { credentialDigest }) }]
    : []
}

/** OpenID4VP B.1.3.1: the credential comes in a presentation that its holder signed (V-26). */
async function verifyVcJwts(
  token: string,
  query: CredentialQuery,
  context: VerificationContext,
): Promise<readonly PresentedCredential[]> {
  const presentation = parsePresentationJwt(token)
  // Without one around it, its own engine says that nobody presents it.
  if (!presentation.ok) return [await verifyVcJwt(token, query, context)]
  const { credentials } = presentation.value
  if (credentials.length > 1 && !query.multiple) return refuseAll('too_many_credentials')
  const presented: PresentedCredential[] = []
  for (const { mediaType, data } of credentials) {
    if (mediaType === 'application/vc+jwt')
      presented.push(await verifyVcJwt(data, query, context, presentation.value))
    else presented.push(...(await refuseAll('media_type_unsupported')))
  }
  return presented
}

type ParsedPresentation = Parameters<typeof verifyVcJwtCredential>[2]

async function verifyVcJwt(
  token: string,
  { format }: CredentialQuery,
  context: VerificationContext,
  presentation?: ParsedPresentation,
): Promise<PresentedCredential> {
  const parsed = parseVcJwt(token)
  // V-32: `vc+jwt` names credentials of the data model 2.0 alone, in whichever of its envelopes.
  if (format === 'vc+jwt' && parsed.ok && parsed.value.facts.dataModel !== '2.0') {
    const [refused] = await refuseAll('context_unexpected')
    if (refused) return refused
  }
  const verification = await verifyVcJwtCredential(token, context, presentation)
  const { x5c = [] } = parsed.ok ? parsed.value.jws.header : {}
  return { verification, x5c, kept: verification.report.microCredentials }
}

async function refuseAll(cause: string): Promise<readonly PresentedCredential[]> {
  const found = await notReadable(cause, 'vc_jwt')
  return found.map(({ checks }) => ({
    verification: { report: { checks: [...checks], microCredentials: [] } },
    x5c: [],
    kept: [],
  }))
}
