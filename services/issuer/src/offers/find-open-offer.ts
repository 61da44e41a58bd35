import type { Transaction } from '@mikromerit/service-kit'
import { and, eq, gt } from 'drizzle-orm'
import type { OfferGrant } from './grants.ts'
import { offers } from './table.ts'

/** What an offer is of, while it can be redeemed by this grant. */
export async function findOpenOffer(
  tx: Transaction,
  {
    organisationId,
    id,
    grant,
    now,
  }: Record<'organisationId' | 'id', string> & {
    readonly grant: OfferGrant
    readonly now: Date
  },
): Promise<{ awardId: string; configurationIds: string[] } | undefined> {
  const isOpen = and(
    eq(offers.organisationId, organisationId),
    eq(offers.id, id),
    gt(offers.expiresAt, now),
  )
  const { awardId, configurationIds, grants } = offers
  const [offer] = await tx
    .select({ awardId, configurationIds, grants })
    .from(offers)
    .where(isOpen)
    .limit(1)
  return offer?.grants.includes(grant) ? offer : undefined
}
