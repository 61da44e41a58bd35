import { type Answer, Problem, runOnce } from '@mikromerit/service-kit'
import { lockAwardForIssuing, lockAwardForOffer } from '../awards/lock-award.ts'
import type { AwardParams } from '../awards/schemas.ts'
import type { Runtime } from '../runtime.ts'
import { namesRulebookFormat, requireFormats } from './check-formats.ts'
import { createOffer } from './create-offer.ts'
import type { Offer, OfferOptions } from './schemas.ts'

/**
 * Offers an award once more, once per idempotency key.
 * @throws Problem award-not-found, award-not-valid, award-erased, format-not-switched-on, award-not-formal,
 *   award-of-validation, award-formal
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
      if (namesRulebookFormat(options)) {
        const locked = await lockAwardForIssuing(runtime, tx, issuer, awardId)
        if (!locked) throw new Problem('award-erased')
        requireFormats(issuer, options, locked.record)
      }
      return { status: 201, body: createOffer(runtime, tx, { issuer, awardId, options }) }
    }),
  )
}
