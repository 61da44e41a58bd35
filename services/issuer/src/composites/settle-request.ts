import { stockholmDate, takeReportApart } from '@mikromerit/credentials'
import { Problem, type Transaction } from '@mikromerit/service-kit'
import { and, eq } from 'drizzle-orm'
import {
  findRefusal,
  insertAward,
  type PreparedAward,
  prepareAward,
} from '../awards/insert-award.ts'
import { findFormatRefusal } from '../offers/check-formats.ts'
import { createOffer } from '../offers/create-offer.ts'
import type { Runtime } from '../runtime.ts'
import { type CompositeDecision, decideComposite } from './decide.ts'
import {
  type CompositeContent,
  type CompositeReference,
  type CompositeRow,
  openContent,
  sealContent,
  toCompositeRequest,
} from './requests.ts'
import type { CompositeRequest } from './schemas.ts'
import type { CompositeState } from './states.ts'
import { compositeRequests } from './table.ts'

/** What is to be written, settled before the transaction begins. */
type Settlement =
  | { readonly state: 'declined' | 'expired' }
  | Exclude<CompositeDecision, { state: 'fulfilled' }>
  | { readonly state: 'refused'; readonly code: string }
  | (Extract<CompositeDecision, { state: 'fulfilled' }> & { readonly prepared: PreparedAward })

/**
 * A request as it stands: an open one is asked about at the verifier and, once answered, settled for good. The award,
 * its offer and the new state are one transaction, so whoever asks at the same moment gets the same outcome.
 * @throws Problem composite-request-not-found
 */
export async function settleCompositeRequest(
  runtime: Runtime,
  reference: CompositeReference,
): Promise<CompositeRequest> {
  const { vault, database } = runtime
  const { organisationId } = reference
  const row = await database.inOrganisation(organisationId, (tx) => findRow(tx, reference))
  if (!row) throw new Problem('composite-request-not-found')
  const settlement = row.state === 'pending' ? await findSettlement(runtime, row) : undefined
  if (!settlement) return toCompositeRequest(vault, row)
  return database.inOrganisation(organisationId, async (tx) => {
    const locked = await findRow(tx, reference, 'locked')
    if (!locked) throw new Problem('composite-request-not-found')
    if (locked.state !== 'pending') return toCompositeRequest(vault, locked)
    return toCompositeRequest(vault, await writeSettlement(runtime, tx, locked, settlement))
  })
}

/** What an open request comes to; undefined while there is nothing to decide, or the verifier cannot be asked. */
async function findSettlement(
  runtime: Runtime,
  row: CompositeRow,
): Promise<Settlement | undefined> {
  const { verifier, definitions, database, clock } = runtime
  const { organisationId, achievementOrganisationId, achievementId: id } = row
  const answer = await verifier
    .readRequest(organisationId, row.presentationRequestId)
    .catch((error: unknown) => {
      // It stays open: the next who asks tries again.
      if (error instanceof Problem) return undefined
      throw error
    })
  if (!answer) return undefined
  if (answer.state === 'declined' || answer.state === 'expired') return { state: answer.state }
  if (answer.state === 'unreadable') return { state: 'refused', code: 'answer-unreadable' }
  // What the verifier has forgotten nobody can answer any more; before its time is over, it may be the wrong verifier.
  if (answer.state === 'gone') return row.expiresAt < clock.now() ? { state: 'expired' } : undefined
  if (!answer.report) return undefined
  const definition = await database.inOrganisation(organisationId, (tx) =>
    definitions.version(tx, {
      organisationId: achievementOrganisationId,
      id,
      version: row.achievementVersion,
    }),
  )
  // The rules that were in force when the learner was asked.
  if (!definition?.stackingRules) throw new Error('A composite request has a definition with rules')
  const today = stockholmDate(clock.now())
  const decision = decideComposite(definition.stackingRules, takeReportApart(answer.report), today)
  return decision.state === 'fulfilled' ? prepareWhole(runtime, row, decision, today) : decision
}

async function prepareWhole(
  runtime: Runtime,
  { organisationId, achievementId, id }: CompositeRow,
  decision: Extract<CompositeDecision, { state: 'fulfilled' }>,
  awardedOn: string,
): Promise<Settlement> {
  const { learner, components } = decision
  // The request is the source: whatever happens in between, one request makes one award.
  const sourceReference = `composite:${id}`
  const draft = { achievementId, learner, awardedOn, components, sourceReference }
  try {
    return { ...decision, prepared: await prepareAward(runtime, organisationId, draft) }
  } catch (error) {
    if (error instanceof Problem) return { state: 'refused', code: error.code }
    throw error
  }
}

async function writeSettlement(
  runtime: Runtime,
  tx: Transaction,
  row: CompositeRow,
  settlement: Settlement,
): Promise<CompositeRow> {
  const content = openContent(runtime.vault, row)
  if (settlement.state === 'refused')
    return close(runtime, tx, row, 'refused', { ...content, reason: settlement.code })
  if (settlement.state === 'missing')
    return close(runtime, tx, row, 'missing', { ...content, result: settlement.result })
  if (settlement.state !== 'fulfilled') return close(runtime, tx, row, settlement.state, content)
  const { prepared, result } = settlement
  const { issuer, definition, draft } = prepared
  const candidate = { achievement: definition, award: draft }
  const refusal =
    findFormatRefusal(issuer, content.offerOptions, candidate) ?? (await findRefusal(tx, prepared))
  const award = refusal === undefined ? await insertAward(runtime, tx, prepared) : undefined
  if (!award) {
    const reason = refusal ?? 'award-exists'
    return close(runtime, tx, row, 'refused', { ...content, result, reason })
  }
  const options = content.offerOptions
  const offer = createOffer(runtime, tx, { issuer, awardId: award.id, options })
  return close(runtime, tx, row, 'fulfilled', { ...content, result, offer }, award.id)
}

async function close(
  { vault, clock }: Runtime,
  tx: Transaction,
  row: CompositeRow,
  state: CompositeState,
  content: CompositeContent,
  awardId: string | null = null,
): Promise<CompositeRow> {
  const [closed] = await tx
    .update(compositeRequests)
    .set({ state, awardId, content: sealContent(vault, row, content), settledAt: clock.now() })
    .where(
      and(
        eq(compositeRequests.organisationId, row.organisationId),
        eq(compositeRequests.id, row.id),
      ),
    )
    .returning()
  if (!closed) throw new Error('A locked request answers its update')
  return closed
}

async function findRow(
  tx: Transaction,
  { organisationId, achievementId, id }: CompositeReference,
  mode?: 'locked',
): Promise<CompositeRow | undefined> {
  const query = tx
    .select()
    .from(compositeRequests)
    .where(
      and(
        eq(compositeRequests.organisationId, organisationId),
        eq(compositeRequests.id, id),
        eq(compositeRequests.achievementId, achievementId),
      ),
    )
    .limit(1)
  const [row] = await (mode === 'locked' ? query.for('update') : query)
  return row
}
