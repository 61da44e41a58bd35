import { type Answer, Problem, runOnce } from '@mikromerit/service-kit'
import { lockAwardForOffer } from '../awards/lock-award.ts'
import type { AwardParams } from '../awards/schemas.ts'
import type { Runtime } from '../runtime.ts'
import { createOffer } from './create-offer.ts'
import type { Offer, OfferOptions } from './schemas.ts'

/**
 * Offers an award once more, once per idempotency key.
 * @throws Problem award-not-found, award-not-valid, award-erased
 */
export async function offerAward(
  runtime: Runtime,
  { organisation: organisationId, award: awardId }: AwardParams,
  { options, idempotencyKey: key }: { options: OfferOptions; idempotencyKey: string | undefined },
): Promise<Answer<Offer>> {
  const issuer = await runtime.issuers.find(organisationId)
  if (!issuer) throw new Problem('organisation-not-found')
  const fingerprint = ['createOffer', awardId, options]
  return runtime.database.inOrganisation(organisationId, (tx) =>
    runOnce(tx, { ...runtime, owner: organisationId, key, fingerprint }, async () => {
      await lockAwardForOffer(tx, { organisationId, id: awardId })
      return { status: 201, body: createOffer(runtime, tx, { issuer, awardId, options }) }
    }),
  )
}
