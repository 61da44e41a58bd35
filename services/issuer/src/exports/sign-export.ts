import {
  type AwardRecord,
  projectCompact,
  signCompactCredential,
  signOpenBadgeJwt,
  signVcJwt,
} from '@mikromerit/credentials'
import { Problem, type Transaction } from '@mikromerit/service-kit'
import { projectCredential } from '../credentials/project-credential.ts'
import { takeUnboundCopy, type UnboundCopy } from '../credentials/unbound-copies.ts'
import type { Issuer } from '../organisations/issuers.ts'
import { buildKeyUrl } from '../organisations/key-url.ts'
import type { Runtime } from '../runtime.ts'
import { buildStatusListUri } from '../status-lists/list-views.ts'
import { exportName, type SignedExport } from './formats.ts'

interface ExportRequest {
  readonly issuer: Issuer
  readonly record: AwardRecord
  readonly kind: SignedExport
}

/**
 * Signs a copy that is bound to no key, in the transaction that records it. Asked for again, it is the same copy: a
 * status index is not used up by looking.
 * @throws Problem award-not-valid, export-unprintable
 */
export async function signExport(
  runtime: Runtime,
  tx: Transaction,
  request: ExportRequest,
): Promise<string> {
  const { issuer, record, kind } = request
  const copy = await takeUnboundCopy(runtime, tx, {
    organisationId: issuer.organisationId,
    award: record.award,
    configurationId: exportName(kind),
    isLasting: kind === 'open_badge',
  })
  if (!copy) throw new Problem('award-not-valid')
  return request.kind === 'compact' ? signCompact(request, copy) : signVc(runtime, request, copy)
}

function signVc(
  { config }: Runtime,
  { issuer, record, kind }: ExportRequest,
  { id, status, validity }: UnboundCopy,
): Promise<string> {
  const { signer, identifier } = issuer
  const { issuedAt, expiresAt } = validity
  const format = kind === 'elm' ? 'elm' : 'open_badge'
  const projected = projectCredential(record, format, {
    issuer,
    publicUrl: config.PUBLIC_URL,
    issuedAt,
    copy: { id: `urn:uuid:${id}`, status },
  })
  if (projected.kind === 'sd_jwt_vc') throw new Error('An SD-JWT VC is bound to a key.')
  const { credential } = projected
  return projected.kind === 'elm'
    ? signVcJwt({ credential, signer, issuedAt, expiresAt })
    : signOpenBadgeJwt({ credential, signer, keyUrl: buildKeyUrl(identifier, signer.kid) })
}

async function signCompact(
  { issuer, record }: ExportRequest,
  { id, status, validity: { issuedAt, expiresAt } }: UnboundCopy,
): Promise<string> {
  const signed = await signCompactCredential({
    claims: projectCompact(record, { issuer: issuer.identifier }),
    issuer: issuer.identifier,
    id,
    issuedAt,
    expiresAt,
    status: { uri: buildStatusListUri(issuer, status.listNumber), idx: status.index },
    signer: issuer.signer,
  })
  if (!signed.ok) throw new Problem('export-unprintable')
  return signed.value
}
