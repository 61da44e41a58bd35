import { type AwardRecord, jwkThumbprint, type PublicJwk } from '@mikromerit/credentials'
import { newId, runPrepared, type Transaction, withoutWaiting } from '@mikromerit/service-kit'
import { lockAwardForIssuing } from '../awards/lock-award.ts'
import type { CredentialConfiguration } from '../openid4vci/metadata/configurations.ts'
import type { Nonce } from '../openid4vci/protocol-tokens.ts'
import { spendNonce } from '../openid4vci/spend-nonce.ts'
import type { Issuer } from '../organisations/issuers.ts'
import type { Runtime } from '../runtime.ts'
import type { StatusEntry } from '../status-lists/status-indexes.ts'
import { projectCredential } from './project-credential.ts'
import { signCredential } from './sign-credential.ts'
import { decideValidity, type Validity } from './validity.ts'

export interface IssueRequest {
  readonly issuer: Issuer
  readonly awardId: string
  readonly offerId: string | undefined
  readonly configuration: CredentialConfiguration
  readonly holderKey: PublicJwk
  readonly nonce: Nonce
}

export type IssueOutcome =
  | { ok: true; id: string; credential: string }
  | { ok: false; code: 'nonce_used' | 'award_not_valid' | 'award_lapsed' }

interface Entry extends StatusEntry {
  readonly id: string
}

/**
 * Signs one credential and records it, in one transaction with the use of its nonce (S-01, I-41): when
 * the process dies in between, nothing was issued; of two requests with one nonce, one wins.
 */
export async function issueCredential(
  runtime: Runtime,
  request: IssueRequest,
): Promise<IssueOutcome> {
  const { organisationId } = request.issuer
  // Taken before the transaction: an index that is not used in the end stays unused (I-50).
  const entry = { id: newId(), ...(await runtime.statusIndexes.next(organisationId)) }
  return runtime.database.inOrganisation(organisationId, async (tx): Promise<IssueOutcome> => {
    const [isSpent, award] = await Promise.all([
      spendNonce(runtime, tx, request.nonce),
      // Locked until the credential is recorded: a revocation comes before or after, never between.
      lockAwardForIssuing(runtime, tx, request.issuer, request.awardId),
    ])
    if (!isSpent) return { ok: false, code: 'nonce_used' }
    if (award?.status !== 'valid') return { ok: false, code: 'award_not_valid' }
    const now = runtime.clock.now()
    const days = runtime.config.CREDENTIAL_LIFETIME_DAYS
    const validity = decideValidity(now, days, award.record.award.validUntil)
    if (!validity) return { ok: false, code: 'award_lapsed' }
    const credential = await makeCredential(runtime, request, {
      entry,
      validity,
      record: award.record,
    })
    withoutWaiting(tx, () => recordCredential(runtime, tx, request, { entry, validity, now }))
    return { ok: true, id: entry.id, credential }
  })
}

const recordCredential = (
  runtime: Runtime,
  tx: Transaction,
  { issuer, awardId, offerId, configuration, holderKey }: IssueRequest,
  { entry, validity, now }: { entry: Entry; validity: Validity; now: Date },
) =>
  runPrepared(tx, runtime.statements.credentials.insert, {
    organisationId: issuer.organisationId,
    id: entry.id,
    awardId,
    offerId: offerId ?? null,
    configurationId: configuration.id,
    holderKeyMac: runtime.holderKeyMac.digest(jwkThumbprint(holderKey)),
    statusListNumber: entry.listNumber,
    statusIndex: entry.index,
    issuedAt: now,
    // A badge does not run out because a document does.
    expiresAt:
      configuration.format === 'open_badge' ? (validity.lapsesAt ?? null) : validity.expiresAt,
  })

function makeCredential(
  runtime: Runtime,
  { issuer, configuration, holderKey }: IssueRequest,
  { entry, validity, record }: { entry: Entry; validity: Validity; record: AwardRecord },
): Promise<string> {
  const copy = { id: `urn:uuid:${entry.id}`, holderKey, status: entry }
  const projected = projectCredential(record, configuration.format, {
    issuer,
    publicUrl: runtime.config.PUBLIC_URL,
    issuedAt: validity.issuedAt,
    copy,
  })
  return signCredential(issuer, projected, { copy, validity })
}
