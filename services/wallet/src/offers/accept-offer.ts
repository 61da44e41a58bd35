import { Problem, type Transaction } from '@mikromerit/service-kit'
import type { WalletContext } from '../context.ts'
import { readAwardMembers, storeCredential } from '../credentials/credentials.ts'
import { summariseCredential } from '../credentials/describe-credential.ts'
import { asHolder, type Holder } from '../holders/holders.ts'
import type { RecordAnswer } from '../idempotency/answer-once.ts'
import { notifyIssuer } from '../issuers/notify-issuer.ts'
import { IssuanceError } from './issuance-error.ts'
import { type OpenedOffer, openSession, type Received, receiveCredentials } from './redeem-offer.ts'
import type { AcceptedOffer } from './schemas.ts'
import {
  type ClaimedOffer,
  claimOffer,
  endClaim,
  type OfferContent,
  saveSession,
} from './stored-offers.ts'

interface Acceptance {
  readonly offerId: string
  readonly txCode: string | undefined
  readonly record: RecordAnswer<AcceptedOffer>
}

/**
 * Accepts a previewed offer: redeems it, verifies what comes, keeps it and tells the issuer.
 * Of two at once one wins. Throws a Problem when nothing was received; only a refused transaction code and an
 * unreachable issuer leave the offer usable then. Where some came and some did not, the offer stays open for the rest.
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
  const received = await endingClaim(context, holderId, opened, async () =>
    demandSome(await receiveCredentials(context, opened)),
  )
  const accepted = await keep(context, holderId, { opened, received, record })
  for (const { content } of received.accepted)
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

/** Nothing received is a refusal; what was kept before keeps the offer open. */
function demandSome(received: Received): Received {
  const [first] = received.refused
  if (received.accepted.length > 0 || !first) return received
  const { error } = received.refused.find((refused) => refused.error.isRetryable) ?? first
  const isRetryable = error.isRetryable || received.session.requests.some(({ isHeld }) => isHeld)
  const { problem, detail } = error
  throw new IssuanceError(problem, { isRetryable, ...(detail === undefined ? {} : { detail }) })
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

interface Keeping extends Pick<Acceptance, 'record'> {
  readonly opened: OpenedOffer
  readonly received: Received
}

/** One commit: the credentials, their history, what became of the offer, and the answer. */
const keep = (
  context: WalletContext,
  holderId: string,
  { opened, received, record }: Keeping,
): Promise<AcceptedOffer> =>
  asHolder(context, holderId, async (tx, holder) => {
    const now = context.clock.now()
    await endRedemption(tx, holder, { opened, received, now })
    const stored = []
    for (const credential of received.accepted)
      stored.push(await storeCredential(tx, holder, { ...credential, receivedAt: now }))
    const among = await readAwardMembers(tx, holder, stored)
    const accepted: AcceptedOffer = {
      credentials: stored.map((held) => summariseCredential(held, { among, now })),
      ...(received.refused.length > 0 && { refused: received.refused.map(describeRefusal) }),
    }
    await record(tx, holder, accepted)
    return accepted
  })

/** Open as long as something is missing; what is held is marked in the same commit that keeps it. */
async function endRedemption(
  tx: Transaction,
  holder: Holder,
  { opened, received, now }: Omit<Keeping, 'record'> & { now: Date },
): Promise<void> {
  if (received.refused.length === 0) return endClaim(tx, holder, opened, 'accepted')
  const saved = await saveSession(tx, holder, opened, { session: received.session, now })
  await endClaim(tx, holder, saved, 'pending')
}

const describeRefusal = ({ configuration, error }: Received['refused'][number]) => ({
  configurationId: configuration.id,
  format: configuration.format,
  name: configuration.name,
  problem: error.problem,
  ...(error.detail === undefined ? {} : { detail: error.detail }),
})
