import { disclosureProfiles, normaliseLearningCredential } from '@mikromerit/credentials'
import { labelClaim } from '../claims/claim-labels.ts'
import { type ClaimPath, joinPath } from '../claims/claim-path.ts'
import { openCredential } from '../claims/open-credential.ts'
import { listAlwaysVisible } from '../claims/visible-claims.ts'
import type { CredentialDetail, CredentialSummary } from './schemas.ts'
import type { HeldCredential } from './stored-credential.ts'

/** One line of the list, with the normalised description but not the credential itself. */
export function summariseCredential({
  id,
  receivedAt,
  content,
}: HeldCredential): CredentialSummary {
  const { payload } = openCredential(content.token)
  const normalised = normaliseLearningCredential(payload)
  return {
    id,
    format: 'dc+sd-jwt',
    vct: content.vct,
    title: content.title,
    issuer: content.issuer,
    issuerTrust: content.issuerTrust,
    receivedAt: receivedAt.toISOString(),
    ...(typeof payload.exp === 'number'
      ? { expiresAt: new Date(payload.exp * 1_000).toISOString() }
      : {}),
    ...(normalised.ok ? { microCredential: normalised.value } : {}),
  }
}

/** Everything the holder may see of one credential. */
export function describeCredential(held: HeldCredential): CredentialDetail {
  const { token, labels } = held.content
  const { disclosable } = openCredential(token)
  const label = (path: ClaimPath) => labelClaim(path, labels)
  return {
    ...summariseCredential(held),
    raw: token,
    disclosable: disclosable.map(label),
    alwaysVisible: listAlwaysVisible(token).map(label),
    disclosureProfiles: Object.entries(disclosureProfiles).map(([name, claims]) => ({
      name,
      claims: disclosable.filter((path) => claims.includes(joinPath(path))).map(label),
    })),
  }
}
