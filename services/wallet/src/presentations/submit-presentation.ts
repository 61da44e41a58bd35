import { Problem, type Transaction } from '@mikromerit/service-kit'
import { type ClaimPath, joinPath } from '../claims/claim-path.ts'
import { openCredential } from '../claims/open-credential.ts'
import { listAlwaysVisible } from '../claims/visible-claims.ts'
import type { WalletContext } from '../context.ts'
import { findHolderKey, listCandidates } from '../credentials/credentials.ts'
import { recordEvent } from '../history/history.ts'
import type { HistoryDetail } from '../history/schemas.ts'
import { asHolder, type Holder } from '../holders/holders.ts'
import type { RecordAnswer } from '../idempotency/answer-once.ts'
import { buildForm, buildVpToken, type Showing } from './build-answer.ts'
import { chooseCredentials, type Selection } from './choose-credentials.ts'
import { matchCredentials } from './match-credentials.ts'
import type { PresentationOutcome } from './schemas.ts'
import { type SendResult, sendAnswer } from './send-answer.ts'
import {
  type ClaimedRequest,
  claimRequest,
  endClaim,
  type StoredRequest,
} from './stored-presentations.ts'

interface Answering {
  readonly id: string
  readonly record: RecordAnswer<PresentationOutcome>
}

interface PreparedAnswer {
  readonly claimed: ClaimedRequest
  readonly showings: readonly Showing[]
  readonly detail: HistoryDetail
}

/**
 * Shows the chosen credentials to the verifier, once. Claimed and written into the history before
 * anything is sent; an unreachable verifier leaves the request open, a refusal closes it.
 */
export async function submitPresentation(
  context: WalletContext,
  holderId: string,
  { id, selection, record }: Answering & { selection: Selection },
): Promise<PresentationOutcome> {
  const prepared = await asHolder(context, holderId, (tx, holder) =>
    prepareAnswer(context, tx, holder, { id, selection }),
  )
  const { claimed, showings, detail } = prepared
  const { content } = claimed
  const token = await buildVpToken(content, showings, context.clock.now())
  const form = await buildForm(content, { vp_token: token })
  const result = await sendAnswer(context, content.request.responseUri, form)
  const outcome: PresentationOutcome = { state: 'submitted', ...redirectOf(result) }
  await asHolder(context, holderId, async (tx, holder) => {
    const at = context.clock.now()
    await endClaim(tx, holder, claimed, stateAfter(result))
    if (result.ok) await record(tx, holder, outcome)
    else await recordEvent(tx, holder, { event: 'presentation_failed', at, detail })
  })
  if (!result.ok) throw new Problem(result.code)
  return outcome
}

/** Tells the verifier `access_denied` (W-42): the same whether the learner will not or cannot (W-33). */
export async function declinePresentation(
  context: WalletContext,
  holderId: string,
  { id, record }: Answering,
): Promise<PresentationOutcome> {
  const claimed = await asHolder(context, holderId, (tx, holder) =>
    claimRequest(tx, holder, id, context.clock.now()),
  )
  const { content } = claimed
  const form = await buildForm(content, { error: 'access_denied' })
  const result = await sendAnswer(context, content.request.responseUri, form)
  const outcome: PresentationOutcome = { state: 'declined', ...redirectOf(result) }
  await asHolder(context, holderId, async (tx, holder) => {
    // Declined is declined, whether the verifier could be told or not.
    await endClaim(tx, holder, claimed, 'declined')
    await recordEvent(tx, holder, {
      event: 'presentation_declined',
      at: context.clock.now(),
      detail: describeEvent(claimed, []),
    })
    await record(tx, holder, outcome)
  })
  return outcome
}

async function prepareAnswer(
  context: WalletContext,
  tx: Transaction,
  holder: Holder,
  { id, selection }: { id: string; selection: Selection },
): Promise<PreparedAnswer> {
  const now = context.clock.now()
  const claimed = await claimRequest(tx, holder, id, now)
  const showings = await chooseShowings(tx, holder, claimed.content, { selection, now })
  const detail = describeEvent(claimed, showings)
  await recordEvent(tx, holder, { event: 'presented', at: now, detail })
  return { claimed, showings, detail }
}

/** Evaluated anew: a credential deleted since the preview is not shown. */
async function chooseShowings(
  tx: Transaction,
  holder: Holder,
  { request: { dcql } }: StoredRequest,
  { selection, now }: { selection: Selection; now: Date },
): Promise<Showing[]> {
  const held = await listCandidates(tx, holder)
  const matches = new Map(
    dcql.credentials.map((query) => [query.id, matchCredentials(query, held, now)]),
  )
  const candidates = new Map(
    [...matches].map(([query, found]) => [query, found.map((match) => match.held.id)]),
  )
  const choice = chooseCredentials(dcql, candidates, selection)
  if (!choice.ok) throw new Problem(choice.code)
  const showings: Showing[] = []
  for (const [queryId, credentialIds] of choice.chosen)
    for (const credentialId of credentialIds) {
      const match = matches.get(queryId)?.find((found) => found.held.id === credentialId)
      const key = await findHolderKey(tx, holder, credentialId)
      if (!match || !key) throw new Error('a chosen credential is not there')
      showings.push({ queryId, ...match, key })
    }
  return showings
}

const stateAfter = (result: SendResult) =>
  result.ok ? 'submitted' : result.code === 'verifier-unreachable' ? 'pending' : 'failed'

const redirectOf = (result: SendResult): { redirectUri?: string } =>
  result.ok && result.redirectUri !== undefined ? { redirectUri: result.redirectUri } : {}

const describeEvent = (
  { id, content: { verifier, purpose } }: ClaimedRequest,
  showings: readonly Showing[],
): HistoryDetail => ({
  counterpart: { identifier: verifier.clientId, host: verifier.host, name: verifier.name },
  credentials: showings.map(({ held, paths }) => ({
    credentialId: held.id,
    title: held.content.title,
    disclosed: listDisclosed(held.content.token, paths).map(joinPath),
  })),
  presentationId: id,
  ...(purpose ? { purpose } : {}),
})

/** What leaves because it is asked for; of a W3C credential everything in it. */
function listDisclosed(token: string, paths: readonly ClaimPath[]): readonly ClaimPath[] {
  const opened = openCredential(token)
  return opened.vc ? listAlwaysVisible(token) : openCredential(opened.present(paths)).disclosable
}
