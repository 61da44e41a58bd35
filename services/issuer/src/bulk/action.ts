import { type AwardStatus, decideStatus } from '@mikromerit/credentials'
import type { BulkOffersDraft, BulkSigningDraft, BulkStatusDraft, ReissueDraft } from './schemas.ts'

/** One thing done to many awards. */
export type BulkAction =
  | ({ readonly kind: 'offers' } & BulkOffersDraft)
  | ({ readonly kind: 'status' } & BulkStatusDraft)
  | ({ readonly kind: 'reissue' } & ReissueDraft)
  | SigningAction

export type SigningAction = { readonly kind: 'signing' } & BulkSigningDraft

interface AwardFacts {
  readonly status: AwardStatus
  readonly isErased: boolean
}

/** Why it cannot be done to an award: the code of the problem it would be by itself. */
export function findBulkRefusal(
  action: BulkAction,
  { status, isErased }: AwardFacts,
  now: Date,
): string | undefined {
  if (action.kind === 'status') {
    const decision = decideStatus(status, action.status, action.reason, now)
    return decision.ok ? undefined : decision.code
  }
  // What gave way to another award is revoked, too: the newest of a chain is what is offered and reissued.
  if (status !== 'valid') return 'award-not-valid'
  return isErased ? 'award-erased' : undefined
}
