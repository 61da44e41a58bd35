import type { Database } from '@mikromerit/service-kit'
import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import { offers } from './table.ts'

/** Statements of the hot path, planned once per connection. */
export const prepareOfferStatements = ({ drizzle }: Database) => ({
  insert: drizzle
    .insert(offers)
    .values({
      organisationId: sql.placeholder('organisationId'),
      id: sql.placeholder('id'),
      awardId: sql.placeholder('awardId'),
      configurationIds: sql.placeholder('configurationIds'),
      grants: sql.placeholder('grants'),
      txCodeMac: sql.placeholder('txCodeMac'),
      expiresAt: sql.placeholder('expiresAt'),
      createdAt: sql.placeholder('createdAt'),
    })
    .prepare('insert_offer'),
  // An offer that asks for no transaction code is judged and redeemed in one statement: of two
  // requests one finds it unredeemed (I-11).
  redeemWithoutTxCode: drizzle
    .update(offers)
    .set({ redeemedAt: sql`${sql.placeholder('now')}` })
    .where(
      and(
        eq(offers.organisationId, sql.placeholder('organisationId')),
        eq(offers.id, sql.placeholder('id')),
        isNull(offers.redeemedAt),
        isNull(offers.txCodeMac),
        gt(offers.expiresAt, sql`${sql.placeholder('now')}`),
      ),
    )
    .returning({ awardId: offers.awardId, configurationIds: offers.configurationIds })
    .prepare('redeem_offer'),
})
export type OfferStatements = ReturnType<typeof prepareOfferStatements>
