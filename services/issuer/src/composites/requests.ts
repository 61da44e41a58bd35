import type { StackingResult } from '@mikromerit/credentials'
import type { Vault } from '@mikromerit/service-kit'
import type { Offer, OfferOptions } from '../offers/schemas.ts'
import type { CompositeParams, CompositeRequest } from './schemas.ts'
import type { compositeRequests } from './table.ts'

export type CompositeRow = typeof compositeRequests.$inferSelect

/** What is kept sealed of a request: nothing of the learner but which credentials counted. */
export interface CompositeContent {
  readonly authorizationRequest: string
  readonly offerOptions: OfferOptions
  readonly result?: StackingResult
  /** Why it was refused. */
  readonly reason?: string
  readonly offer?: Offer
}

type Place = Pick<CompositeRow, 'organisationId' | 'id'>

// Part of the seal: content copied to another row, or another organisation's, does not open.
const contextOf = ({ organisationId, id }: Place) => `composite-requests/${organisationId}/${id}`

export const sealContent = (vault: Vault, place: Place, content: CompositeContent): Buffer =>
  vault.sealJson(content, contextOf(place))

export const openContent = (vault: Vault, row: CompositeRow): CompositeContent =>
  vault.openJson<CompositeContent>(row.content, contextOf(row))

/** A request as the API shows it. */
export function toCompositeRequest(vault: Vault, row: CompositeRow): CompositeRequest {
  const { authorizationRequest, result, reason, offer } = openContent(vault, row)
  return {
    id: row.id,
    achievementId: row.achievementId,
    achievementVersion: row.achievementVersion,
    state: row.state,
    ...(row.state === 'pending' && { authorizationRequest }),
    ...(result && { result }),
    ...(reason !== undefined && { reason }),
    ...(row.awardId !== null && { awardId: row.awardId }),
    ...(offer && { offer }),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    ...(row.settledAt && { settledAt: row.settledAt.toISOString() }),
  }
}

/** Which request an address means. */
export const referenceOf = ({ organisation, achievement, request }: CompositeParams) => ({
  organisationId: organisation,
  achievementId: achievement,
  id: request,
})
export type CompositeReference = ReturnType<typeof referenceOf>
