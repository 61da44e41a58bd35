import { type Answer, Problem, runOnce, type Transaction } from '@mikromerit/service-kit'
import type { AwardRow } from '../awards/award-view.ts'
import { isSameContent } from '../awards/create-award.ts'
import { findRefusal, prepareAward } from '../awards/insert-award.ts'
import { findAwardRow, lockAward } from '../awards/lock-award.ts'
import { showAward } from '../awards/read-awards.ts'
import type { Award, AwardParams } from '../awards/schemas.ts'
import { requireFormats } from '../offers/check-formats.ts'
import { createOffer } from '../offers/create-offer.ts'
import type { Runtime } from '../runtime.ts'
import { findNewest, findSuccessor, type Successor } from './read-replacements.ts'
import { replaceAward, withReference } from './replace-award.ts'
import type { CorrectionDraft } from './schemas.ts'

interface CorrectionRequest {
  readonly draft: CorrectionDraft
  readonly decidedBy: string
  readonly idempotencyKey: string | undefined
}

/**
 * Puts a new award in the place of one that is wrong, in one transaction: the new one is recorded, the old one revoked
 * with all its credentials, and each names the other. The same correction again is answered with what is there (200).
 * @throws Problem award-not-found, award-replaced, award-erased, and whatever refuses an award
 */
export async function correctAward(
  runtime: Runtime,
  { organisation: organisationId, award: id }: AwardParams,
  { draft, decidedBy, idempotencyKey: key }: CorrectionRequest,
): Promise<Answer<Award>> {
  const fingerprint = ['correctAward', id, draft]
  const { reason, offer, ...content } = draft
  const sent = await prepareAward(runtime, organisationId, content)
  requireFormats(sent.issuer, offer, { achievement: sent.definition, award: content })
  return runtime.database.inOrganisation(organisationId, (tx) =>
    runOnce(tx, { ...runtime, owner: organisationId, key, fingerprint }, async () => {
      const old = await lockAward(tx, organisationId, id)
      const successor = await findSuccessor(tx, organisationId, id)
      if (successor) return answerAgain(runtime, tx, { old, successor, draft })
      if (old.erasedAt) throw new Problem('award-erased')
      const refusal = await findRefusal(tx, sent)
      if (refusal) throw new Problem(refusal)
      const made = await replaceAward(runtime, tx, { old, prepared: sent, reason, decidedBy })
      const request = offer && { issuer: sent.issuer, awardId: made.id, options: offer }
      const body = {
        ...(await showAward(runtime.vault, tx, made)),
        ...(sent.findings.length > 0 && { findings: [...sent.findings] }),
        ...(request && { offer: createOffer(runtime, tx, request) }),
      }
      return { status: 201, body }
    }),
  )
}

interface Repetition {
  readonly old: AwardRow
  readonly successor: Successor
  readonly draft: CorrectionDraft
}

/** A correction that was sent before is answered with its result; any other has to correct the newest award. */
async function answerAgain(
  runtime: Runtime,
  tx: Transaction,
  { old: { organisationId, id }, successor, draft }: Repetition,
): Promise<Answer<Award>> {
  const { reason, offer: _, ...content } = draft
  const row = await findAwardRow(tx, organisationId, successor.awardId)
  const isSame =
    row &&
    reason === successor.reason &&
    (await isSameContent(runtime, tx, row, withReference(content, row.sourceReference)))
  if (isSame) return { status: 200, body: await showAward(runtime.vault, tx, row) }
  const newest = await findNewest(tx, organisationId, id)
  throw new Problem('award-replaced', { detail: `The newest award of this chain is ${newest}.` })
}
