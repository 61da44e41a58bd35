import { Problem } from '@mikromerit/service-kit'
import type { WalletContext } from '../context.ts'
import { storeCredential } from '../credentials/credentials.ts'
import { summariseCredential } from '../credentials/describe-credential.ts'
import { asHolder } from '../holders/holders.ts'
import type { RecordAnswer } from '../idempotency/answer-once.ts'
import { notifyIssuer } from '../issuers/notify-issuer.ts'
import { IssuanceError } from './issuance-error.ts'
import { type AcceptedCredential, openSession, receiveCredentials } from './redeem-offer.ts'
import type { AcceptedOffer } from './schemas.ts'
import { type ClaimedOffer, claimOffer, endClaim, type OfferContent } from './stored-offers.ts'

interface Acceptance {
  readonly offerId: string
  readonly txCode: string | undefined
  readonly record: RecordAnswer<AcceptedOffer>
}

/**
 * Accepts a previewed offer: redeems it, verifies what comes, keeps it and tells the issuer.
 * Of two at once one wins. Throws a Problem for every refusal; only a refused transaction code and an
 * unreachable issuer leave the offer usable.
 */
export async function acceptOffer(
  context: WalletContext,
  holderId: string,
  { offerId, txCode, record }: Acceptance,
): Promise<AcceptedOffer> {
  const claimed = await asHolder(context, holderId, (tx, holder) =>
    claimOffer(tx, holder, {
      id: offerId,
      now: context.clock.now(),
      check: (content, isResumed) => checkTxCode(content, isResumed, txCode),
    }),
  )
  const opened = await endingClaim(context, holderId, claimed, () =>
    openSession(context, holderId, claimed, txCode),
  )
  const received = await endingClaim(context, holderId, opened, () =>
    receiveCredentials(context, opened),
  )
  const accepted = await keep(context, holderId, { claimed: opened, received, record })
  for (const { content } of received)
    if (content.notification) notifyIssuer(context, content.notification, 'credential_accepted')
  return accepted
}

/** W-10: sent when asked for and only then. A resumed redemption has its token already. */
function checkTxCode(content: OfferContent, isResumed: boolean, txCode: string | undefined): void {
  if (isResumed) return
  if (content.offer.txCode && txCode === undefined) throw new Problem('transaction-code-required')
  if (!content.offer.txCode && txCode !== undefined)
    throw new Problem('transaction-code-unexpected')
}

/** Runs one step of the redemption; when it fails, the offer is free again, or dead. */
async function endingClaim<T>(
  context: WalletContext,
  holderId: string,
  claimed: ClaimedOffer,
  step: () => Promise<T>,
): Promise<T> {
  try {
    return await step()
  } catch (error) {
    const isRetryable = !(error instanceof IssuanceError) || error.isRetryable
    const state = isRetryable ? 'pending' : 'dead'
    await asHolder(context, holderId, (tx, holder) => endClaim(tx, holder, claimed, state)).catch(
      () => undefined, // a claim that cannot be ended runs out by itself
    )
    if (!(error instanceof IssuanceError)) throw error
    throw new Problem(error.problem, error.detail === undefined ? {} : { detail: error.detail })
  }
}

/** One commit: the credentials, their history, the end of the offer and the answer. */
const keep = (
  context: WalletContext,
  holderId: string,
  {
    claimed,
    received,
    record,
  }: Pick<Acceptance, 'record'> & {
    claimed: ClaimedOffer
    received: readonly AcceptedCredential[]
  },
): Promise<AcceptedOffer> =>
  asHolder(context, holderId, async (tx, holder) => {
    await endClaim(tx, holder, claimed, 'accepted')
    const accepted: AcceptedOffer = { credentials: [] }
    for (const credential of received) {
      const receivedAt = context.clock.now()
      const held = await storeCredential(tx, holder, { ...credential, receivedAt })
      accepted.credentials.push(summariseCredential(held))
    }
    await record(tx, holder, accepted)
    return accepted
  })
