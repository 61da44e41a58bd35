import { findDisclosureProfiles } from '@mikromerit/credentials'
import { labelClaim } from '../claims/claim-labels.ts'
import { type ClaimPath, joinPath } from '../claims/claim-path.ts'
import { normaliseCredential } from '../claims/normalise-credential.ts'
import { openCredential } from '../claims/open-credential.ts'
import { listAlwaysVisible } from '../claims/visible-claims.ts'
import { describeStatus } from '../statuses/describe-status.ts'
import { groupByAward } from './award-groups.ts'
import { describeParts } from './describe-parts.ts'
import type { CredentialDetail, CredentialSummary } from './schemas.ts'
import { formatOf, type HeldCredential } from './stored-credential.ts'

/** What a credential is seen beside: everything its holder has, at this moment. */
export interface Surroundings {
  readonly among: readonly HeldCredential[]
  readonly now: Date
}

/** One line of the list, with the normalised description but not the credential itself. */
export function summariseCredential(
  held: HeldCredential,
  { among, now }: Surroundings,
): CredentialSummary {
  const { id, receivedAt, content } = held
  const opened = openCredential(content.token)
  const microCredential = normaliseCredential(opened)
  return {
    id,
    format: formatOf(content),
    ...(content.vct === undefined ? {} : { vct: content.vct }),
    ...(content.types === undefined ? {} : { types: [...content.types] }),
    title: content.title,
    issuer: content.issuer,
    issuerTrust: content.issuerTrust,
    receivedAt: receivedAt.toISOString(),
    ...(opened.expiresAt ? { expiresAt: opened.expiresAt.toISOString() } : {}),
    status: describeStatus(held, { among, now }, opened),
    award: describeAward(held, among),
    ...(microCredential ? { microCredential } : {}),
  }
}

function describeAward(held: HeldCredential, among: readonly HeldCredential[]) {
  const group = groupByAward(among).find(({ members }) => members.some(({ id }) => id === held.id))
  const members = group?.members ?? [held]
  return {
    ...(group?.awardId === undefined ? {} : { id: group.awardId }),
    credentials: members.map(({ id, content }) => ({ id, format: formatOf(content) })),
  }
}

/** Everything the holder may see of one credential. */
export function describeCredential(
  held: HeldCredential,
  surroundings: Surroundings,
): CredentialDetail {
  const { token, labels, vct } = held.content
  const { disclosable } = openCredential(token)
  const label = (path: ClaimPath) => labelClaim(path, labels)
  const summary = summariseCredential(held, surroundings)
  return {
    ...summary,
    ...describeParts(summary.microCredential, surroundings),
    raw: token,
    disclosable: disclosable.map(label),
    alwaysVisible: listAlwaysVisible(token).map(label),
    disclosureProfiles:
      disclosable.length === 0
        ? []
        : Object.entries(findDisclosureProfiles(vct)).map(([name, claims]) => ({
            name,
            claims: disclosable.filter((path) => claims.includes(joinPath(path))).map(label),
          })),
  }
}
