import { Problem } from '@mikromerit/service-kit'
import type { WalletContext } from '../context.ts'
import { storeCredential } from '../credentials/credentials.ts'
import { summariseCredential } from '../credentials/describe-credential.ts'
import type { CredentialSummary } from '../credentials/schemas.ts'
import type { HeldCredential } from '../credentials/stored-credential.ts'
import { asHolder } from '../holders/holders.ts'
import { notifyIssuer } from '../issuers/notify-issuer.ts'
import { IssuanceError } from './issuance-error.ts'
import { type AcceptedCredential, redeemOffer } from './redeem-offer.ts'
import { type ClaimedOffer, claimOffer, endClaim, type OfferContent } from './stored-offers.ts'

/**
 * Accepts a previewed offer: redeems it, verifies what comes, keeps it and tells the issuer.
 * Of two at once one wins. Throws a Problem for every refusal; only a refused transaction code and an
 * unreachable issuer leave the offer usable.
 */
export async function acceptOffer(
  context: WalletContext,
  holderId: string,
  offerId: string,
  txCode: string | undefined,
): Promise<CredentialSummary[]> {
  const claimed = await asHolder(context, holderId, (tx, holder) =>
    claimOffer(tx, holder, {
      id: offerId,
      now: context.clock.now(),
      check: (content, isResumed) => checkTxCode(content, isResumed, txCode),
    }),
  )
  const received = await redeem(context, holderId, claimed, txCode)
  const held = await keep(context, holderId, claimed, received)
  for (const { content } of received)
    if (content.notification) notifyIssuer(context, content.notification, 'credential_accepted')
  return held.map(summariseCredential)
}

/** W-10: sent when asked for and only then. A resumed redemption has its token already. */
function checkTxCode(content: OfferContent, isResumed: boolean, txCode: string | undefined): void {
  if (isResumed) return
  if (content.offer.txCode && txCode === undefined) throw new Problem('transaction-code-required')
  if (!content.offer.txCode && txCode !== undefined)
    throw new Problem('transaction-code-unexpected')
}

async function redeem(
  context: WalletContext,
  holderId: string,
  claimed: ClaimedOffer,
  txCode: string | undefined,
): Promise<AcceptedCredential[]> {
  try {
    return await redeemOffer(context, holderId, claimed, txCode)
  } catch (error) {
    const isRetryable = !(error instanceof IssuanceError) || error.isRetryable
    await asHolder(context, holderId, (tx, holder) =>
      endClaim(tx, holder, claimed, isRetryable ? 'pending' : 'dead'),
    )
    if (!(error instanceof IssuanceError)) throw error
    throw new Problem(error.problem, error.detail === undefined ? {} : { detail: error.detail })
  }
}

/** One commit: the credentials, their history and the end of the offer. */
const keep = (
  context: WalletContext,
  holderId: string,
  claimed: ClaimedOffer,
  received: readonly AcceptedCredential[],
): Promise<HeldCredential[]> =>
  asHolder(context, holderId, async (tx, holder) => {
    await endClaim(tx, holder, claimed, 'accepted')
    const held: HeldCredential[] = []
    for (const credential of received)
      held.push(
        await storeCredential(tx, holder, { ...credential, receivedAt: context.clock.now() }),
      )
    return held
  })
