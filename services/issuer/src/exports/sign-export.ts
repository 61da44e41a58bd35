import { type AwardRecord, projectCompact, signCompactCredential } from '@mikromerit/credentials'
import { Problem, type Transaction } from '@mikromerit/service-kit'
import { projectCredential } from '../credentials/project-credential.ts'
import { signCredential } from '../credentials/sign-credential.ts'
import { takeUnboundCopy, type UnboundCopy } from '../credentials/unbound-copies.ts'
import type { Issuer } from '../organisations/issuers.ts'
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
  const format = kind === 'elm' ? 'elm' : 'open_badge'
  const copy = { id: `urn:uuid:${id}`, status }
  const projected = projectCredential(record, format, {
    issuer,
    publicUrl: config.PUBLIC_URL,
    issuedAt: validity.issuedAt,
    copy,
  })
  return signCredential(issuer, projected, { copy, validity })
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
