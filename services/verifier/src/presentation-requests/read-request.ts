import { createHash, timingSafeEqual } from 'node:crypto'
import { commitWith, Problem, runPrepared } from '@mikromerit/service-kit'
import type { VerifierContext } from '../context.ts'
import type { AnswerReport } from '../verifications/report.ts'
import type { PresentationRequest } from './schemas.ts'
import type { presentationRequests } from './table.ts'

type Row = typeof presentationRequests.$inferSelect

export interface RequestReference {
  readonly ownerId: string
  readonly id: string
  /** What the wallet brought back in the same-device flow. */
  readonly responseCode?: string | undefined
}

/**
 * A request as its owner sees it. One made with a redirect gives its report only to the browser session
 * that brings the response code (V-10).
 * @throws Problem presentation-request-not-found, response-code-wrong
 */
export async function readRequest(
  context: VerifierContext,
  reference: RequestReference,
): Promise<PresentationRequest> {
  const found = await findRow(context, reference)
  if (!found) throw new Problem('presentation-request-not-found')
  const { row, fetchedAt } = found
  const mayReadReport = checkResponseCode(row, reference.responseCode)
  return {
    id: row.id,
    state: stateOf(row, fetchedAt, context.clock.now()),
    purpose: row.purpose,
    ...(row.policyId !== null && { policyId: row.policyId }),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    ...(row.answeredAt && { answeredAt: row.answeredAt.toISOString() }),
    ...(row.walletError !== null && { walletError: row.walletError }),
    ...(row.sealedReport &&
      mayReadReport && { report: openReport(context, row, row.sealedReport) }),
  }
}

const findRow = (
  { database, statements }: VerifierContext,
  { ownerId, id: requestId }: RequestReference,
) =>
  database.inOrganisation(ownerId, async (tx) => {
    const [found] = await commitWith(tx, () =>
      runPrepared(tx, statements.readRequest, { ownerId, requestId }),
    )
    return found
  })

function stateOf(row: Row, fetchedAt: Date | null, now: Date): PresentationRequest['state'] {
  if (row.outcome !== 'open') return row.outcome
  if (row.expiresAt <= now) return 'expired'
  return fetchedAt ? 'fetched' : 'pending'
}

function checkResponseCode(row: Row, responseCode: string | undefined): boolean {
  const { responseCodeDigest } = row
  if (responseCode === undefined) return responseCodeDigest === null
  if (responseCodeDigest && timingSafeEqual(digestResponseCode(responseCode), responseCodeDigest))
    return true
  throw new Problem('response-code-wrong')
}

/** What is stored of a response code. */
export const digestResponseCode = (code: string): Buffer =>
  createHash('sha256').update(code).digest()

/** Where a sealed report belongs: it opens nowhere else. */
export const placeOfReport = ({ ownerId, id }: { ownerId: string; id: string }): string =>
  `presentation-requests/${ownerId}/${id}`

const openReport = ({ vault }: VerifierContext, row: Row, sealed: Buffer) =>
  vault.openJson<AnswerReport>(sealed, placeOfReport(row))
