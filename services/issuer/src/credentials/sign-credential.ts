import { issueSdJwtVc, signOpenBadgeJwt, signVcJwt } from '@mikromerit/credentials'
import type { Issuer } from '../organisations/issuers.ts'
import { buildKeyUrl } from '../organisations/key-url.ts'
import { buildStatusListUri } from '../status-lists/list-views.ts'
import type { CredentialCopy, ProjectedCredential } from './project-credential.ts'
import type { Validity } from './validity.ts'

/** Signs one copy of a credential as its format demands, bound to its holder's key if it has one. */
export function signCredential(
  issuer: Pick<Issuer, 'identifier' | 'signer'>,
  projected: ProjectedCredential,
  {
    copy,
    validity,
  }: {
    readonly copy: CredentialCopy
    readonly validity: Validity
  },
): Promise<string> {
  const { signer, identifier } = issuer
  const { id, holderKey, status } = copy
  const { issuedAt, expiresAt } = validity
  if (projected.kind === 'sd_jwt_vc')
    return issueSdJwtVc({
      claims: projected.claims,
      disclosable: projected.disclosable,
      vct: projected.vct,
      issuer: identifier,
      issuedAt,
      expiresAt,
      ...(holderKey && { holderKey }),
      status: { uri: buildStatusListUri(issuer, status.listNumber), idx: status.index },
      signer,
      id,
    })
  const { credential } = projected
  return projected.kind === 'elm'
    ? signVcJwt({ credential, signer, issuedAt, expiresAt, ...(holderKey && { holderKey }) })
    : // I-55: the header has no room for certificates, so it says where the key lies.
      signOpenBadgeJwt({ credential, signer, keyUrl: buildKeyUrl(identifier, signer.kid) })
}
