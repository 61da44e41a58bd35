import { lockAwardForIssuing } from '../../awards/lock-award.ts'
import { findOpenOffer } from '../../offers/find-open-offer.ts'
import type { Issuer } from '../../organisations/issuers.ts'
import type { Runtime } from '../../runtime.ts'
import type { AuthorisedCredential } from '../protocol-tokens.ts'
import { nameCredentials } from '../token/grant-access.ts'
import type { AuthorizationRequest } from './authorization.ts'

interface SignedIn {
  readonly field: 'externalId' | 'email'
  readonly value: string | undefined
}

export interface Offered {
  readonly authorised: AuthorisedCredential[]
  readonly title: Readonly<Record<string, string>>
}

/**
 * What of the offer the request names belongs to the learner who signed in (I-22): issuer_state came through the
 * wallet, so it opens nothing by itself. Undefined when there is nothing, for whatever reason.
 */
export const findOffered = (
  runtime: Runtime,
  issuer: Issuer,
  { offerId, configurationIds }: AuthorizationRequest,
  { field, value }: SignedIn,
): Promise<Offered | undefined> =>
  runtime.database.inOrganisation(issuer.organisationId, async (tx) => {
    if (offerId === undefined || value === undefined) return undefined
    const offer = await findOpenOffer(tx, {
      organisationId: issuer.organisationId,
      id: offerId,
      grant: 'authorization_code',
      now: runtime.clock.now(),
    })
    if (!offer) return undefined
    const award = await lockAwardForIssuing(runtime, tx, issuer, offer.awardId)
    if (award?.status !== 'valid') return undefined
    const { learner } = award.record.award
    if (!isSame(field, learner?.[field], value)) return undefined
    const ids = configurationIds.filter((id) => offer.configurationIds.includes(id))
    if (ids.length === 0) return undefined
    const authorised = ids.map((configurationId) => ({ configurationId, awardId: offer.awardId }))
    return { authorised: nameCredentials(authorised), title: award.record.achievement.title }
  })

/** Mail addresses are compared without regard to case, as people type them. */
const isSame = (field: SignedIn['field'], known: string | undefined, value: string) =>
  field === 'email' ? known?.toLowerCase() === value.toLowerCase() : known === value
