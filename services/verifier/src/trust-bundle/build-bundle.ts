import { X509Certificate } from 'node:crypto'
import {
  type BundleContent,
  type BundledAnchor,
  bundleLimits,
  codeListVersions,
  selectSnapshots,
  signTrustBundle,
} from '@mikromerit/credentials'
import { Problem } from '@mikromerit/service-kit'
import type { VerifierContext } from '../context.ts'
import { listTrustAnchors } from '../trust/anchors.ts'
import { listTrustedIssuers } from '../trust/issuers.ts'
import type { TrustedIssuer } from '../trust/schemas.ts'
import { collectDocuments } from './collect-documents.ts'
import { collectSnapshots } from './collect-snapshots.ts'

export interface BundleRequest {
  /** Identifiers; absent: all that the registry lists. */
  readonly issuer?: string | readonly string[]
  /** Addresses of status lists to fetch. */
  readonly statusList?: string | readonly string[]
}

const dayMs = 86_400_000

/**
 * What this verifier knows at this moment, signed for those who will not reach it.
 * @throws Problem trust-bundle-too-large
 */
export async function buildTrustBundle(
  context: VerifierContext,
  request: BundleRequest,
): Promise<string> {
  const { config, clock, identities } = context
  // Before anything is collected: what changes meanwhile is then later than the bundle.
  const createdAt = clock.now()
  return signTrustBundle({
    issuer: config.PUBLIC_URL,
    content: await collectContent(context, request),
    createdAt,
    expiresAt: new Date(createdAt.getTime() + config.TRUST_BUNDLE_DAYS * dayMs),
    signer: identities.current().signer,
  })
}

async function collectContent(
  context: VerifierContext,
  { issuer, statusList = [] }: BundleRequest,
): Promise<BundleContent> {
  const issuersAskedFor = issuer === undefined ? undefined : [issuer].flat()
  const listsAskedFor = [statusList].flat()
  return {
    ...(issuersAskedFor && { issuersAskedFor }),
    anchors: await collectAnchors(context),
    issuers: (await collectIssuers(context, issuersAskedFor)).map(
      ({ updatedAt, ...entry }) => entry,
    ),
    issuerDocuments: await collectDocuments(context, issuersAskedFor),
    statusLists: selectSnapshots(
      await collectSnapshots(context, { issuersAskedFor, listsAskedFor }),
    ),
    codeLists: codeListVersions(),
    policy: { statusMaxAgeSeconds: context.config.TRUST_BUNDLE_STATUS_MAX_AGE_HOURS * 3_600 },
  }
}

/** Those of the configuration, and those of the registry that have not ended. */
async function collectAnchors({
  database,
  clock,
  trust,
}: VerifierContext): Promise<BundledAnchor[]> {
  const limit = bundleLimits.anchors - trust.configuredAnchors.length
  const rows = await listTrustAnchors(database, { limit: limit + 1 })
  if (rows.length > limit) throw new Problem('trust-bundle-too-large')
  const now = clock.now()
  const lasting = rows.filter(({ until }) => until === undefined || now < new Date(until))
  return [
    ...trust.configuredAnchors.map(({ raw }) => ({ certificate: raw.toString('base64') })),
    ...lasting.map(({ certificate, label, since, until }) => ({
      certificate: new X509Certificate(certificate).raw.toString('base64'),
      label,
      since,
      ...(until !== undefined && { until }),
    })),
  ]
}

/** A part of the registry, unless asked for, would let an issuer pass that another part holds back. */
async function collectIssuers(
  { database }: VerifierContext,
  asked: readonly string[] | undefined,
): Promise<TrustedIssuer[]> {
  if (asked) {
    const pages = asked.map((identifier) => listTrustedIssuers(database, { limit: 1, identifier }))
    return (await Promise.all(pages)).flat()
  }
  const entries = await listTrustedIssuers(database, { limit: bundleLimits.issuers + 1 })
  if (entries.length > bundleLimits.issuers) throw new Problem('trust-bundle-too-large')
  return entries
}
