import type { WalletContext } from '../context.ts'
import { recordEvent } from '../history/history.ts'
import { asHolder } from '../holders/holders.ts'
import type { RecordAnswer } from '../idempotency/answer-once.ts'
import { describeIssuer } from '../issuers/describe-issuer.ts'
import { markDeclined } from './stored-offers.ts'

/** Refuses a previewed offer. The issuer is not told: OpenID4VCI has no such message before a token. */
export const declineOffer = (
  context: WalletContext,
  holderId: string,
  { offerId, record }: { offerId: string; record: RecordAnswer<null> },
): Promise<null> =>
  asHolder(context, holderId, async (tx, holder) => {
    const now = context.clock.now()
    const { offer, issuer, configurations } = await markDeclined(tx, holder, { id: offerId, now })
    const { identifier, host, name } = describeIssuer(offer.issuer, issuer)
    await recordEvent(tx, holder, {
      event: 'offer_declined',
      at: now,
      detail: {
        counterpart: { identifier, host, name },
        credentials: configurations.map((configuration) => ({ title: configuration.name })),
      },
    })
    await record(tx, holder, null)
    return null
  })
