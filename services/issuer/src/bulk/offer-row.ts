import type { Transaction } from '@mikromerit/service-kit'
import { lockAwardForIssuing } from '../awards/lock-award.ts'
import type { JobRowDraft } from '../jobs/progress.ts'
import { findFormatRefusal, namesRulebookFormat } from '../offers/check-formats.ts'
import { createOffer } from '../offers/create-offer.ts'
import type { OfferOptions } from '../offers/schemas.ts'
import type { Issuer } from '../organisations/issuers.ts'
import type { Runtime } from '../runtime.ts'

interface Row {
  readonly issuer: Issuer
  /** Of an award that is locked, and valid. */
  readonly awardId: string
  readonly options: OfferOptions
}

/** Offers one award of many, when it is of the kind that the named formats are for. */
export async function offerRow(
  runtime: Runtime,
  tx: Transaction,
  row: Row,
): Promise<Pick<JobRowDraft, 'outcome' | 'details'>> {
  const code = namesRulebookFormat(row.options) ? await findRefusal(runtime, tx, row) : undefined
  return code === undefined
    ? { outcome: 'done', details: { offer: createOffer(runtime, tx, row) } }
    : { outcome: 'refused', details: { code } }
}

async function findRefusal(runtime: Runtime, tx: Transaction, { issuer, awardId, options }: Row) {
  const award = await lockAwardForIssuing(runtime, tx, issuer, awardId)
  return award ? findFormatRefusal(issuer, options, award.record) : 'award-erased'
}
