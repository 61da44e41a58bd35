import { newId } from '@mikromerit/service-kit'
import { labelClaim } from '../claims/claim-labels.ts'
import { openCredential } from '../claims/open-credential.ts'
import { listAlwaysVisible } from '../claims/visible-claims.ts'
import type { WalletContext } from '../context.ts'
import { listCandidates } from '../credentials/credentials.ts'
import { formatOf, type HeldCredential } from '../credentials/stored-credential.ts'
import { asHolder } from '../holders/holders.ts'
import type { RecordAnswer } from '../idempotency/answer-once.ts'
import { isRequired, isSatisfiable } from './choose-credentials.ts'
import type { DcqlQueryObject } from './dcql-types.ts'
import { type Match, matchCredentials } from './match-credentials.ts'
import { readRequest } from './read-request.ts'
import type { PresentationPreview } from './schemas.ts'
import { type StoredRequest, saveRequest } from './stored-presentations.ts'

/** Reads a request and shows who asks for what and what would be disclosed. Nothing is sent (W-34). */
export async function previewPresentation(
  context: WalletContext,
  holderId: string,
  { link, record }: { link: string; record: RecordAnswer<PresentationPreview> },
): Promise<PresentationPreview> {
  const { request: checked, verifier } = await readRequest(context, link)
  const { expiresAt: requestExpiry, purpose, ...request } = checked
  const now = context.clock.now()
  const content: StoredRequest = { verifier, request, ...(purpose ? { purpose } : {}) }
  const expiresAt = earlier(
    new Date(now.getTime() + context.config.PRESENTATION_LIFETIME_SECONDS * 1_000),
    requestExpiry,
  )
  const id = newId()
  return asHolder(context, holderId, async (tx, holder) => {
    await saveRequest(tx, holder, { id, content, expiresAt, createdAt: now })
    const preview = {
      id,
      verifier,
      ...(purpose ? { purpose } : {}),
      responseMode: request.responseMode,
      ...describeQuery(request.dcql, await listCandidates(tx, holder), now),
      expiresAt: expiresAt.toISOString(),
    }
    await record(tx, holder, preview)
    return preview
  })
}

function describeQuery(
  dcql: DcqlQueryObject,
  held: readonly HeldCredential[],
  now: Date,
): Pick<PresentationPreview, 'requested' | 'satisfiable'> {
  const requested = dcql.credentials.map((query) => ({
    queryId: query.id,
    required: isRequired(dcql, query.id),
    multiple: query.multiple ?? false,
    candidates: matchCredentials(query, held, now).map(describeCandidate),
  }))
  const candidates = new Map(
    requested.map(({ queryId, candidates }) => [
      queryId,
      candidates.map(({ credentialId }) => credentialId),
    ]),
  )
  return { requested, satisfiable: isSatisfiable(dcql, candidates) }
}

function describeCandidate({ held, paths }: Match) {
  const { token, labels, title } = held.content
  const credential = openCredential(token)
  const { expiresAt, vc } = credential
  const visible = listAlwaysVisible(token).map((path) => labelClaim(path, labels))
  // W-35: what really leaves, parents of a nested claim included.
  const { disclosable } = openCredential(credential.present(paths))
  return {
    credentialId: held.id,
    title,
    format: formatOf(held.content),
    disclosedWhole: vc !== undefined,
    ...(expiresAt ? { expiresAt: expiresAt.toISOString() } : {}),
    wouldDisclose: vc ? visible : disclosable.map((path) => labelClaim(path, labels)),
    alwaysVisible: vc ? [] : visible,
  }
}

const earlier = (one: Date, other: Date | undefined): Date => (other && other < one ? other : one)
