import { isDeepStrictEqual } from 'node:util'
import { normaliseAward } from '@mikromerit/credentials'
import { type Answer, Problem, runOnce, type Transaction } from '@mikromerit/service-kit'
import { and, eq } from 'drizzle-orm'
import { listCredentials } from '../credentials/read-credentials.ts'
import { requireFormats } from '../offers/check-formats.ts'
import { createOffer } from '../offers/create-offer.ts'
import type { OfferOptions } from '../offers/schemas.ts'
import type { Issuer } from '../organisations/issuers.ts'
import type { Runtime } from '../runtime.ts'
import { type AwardRow, toAward } from './award-view.ts'
import {
  type ContentDraft,
  findRefusal,
  insertAward,
  type PreparedAward,
  prepareAward,
} from './insert-award.ts'
import { requireOfferable } from './lock-award.ts'
import type { Award, AwardContent, AwardDraft } from './schemas.ts'
import { openAward } from './sealed-award.ts'
import { awards } from './table.ts'

/** An award and what is to be done with it. */
interface Prepared extends PreparedAward {
  readonly offer: OfferOptions | undefined
}

/**
 * Records an award and, when asked, offers it, in one transaction. The same content with the same source
 * reference again is answered with the award that is there (200), with a further offer when one is asked for.
 * @throws Problem achievement-not-found, not-delegated, achievement-archived, achievement-not-published,
 *   delegation-not-begun, delegation-ended, delegation-withdrawn, award-invalid, award-date-in-future, award-exists,
 *   format-not-switched-on, award-not-formal, award-of-validation, award-formal
 */
export async function createAward(
  runtime: Runtime,
  organisationId: string,
  { offer, ...draft }: AwardDraft,
  idempotencyKey: string | undefined,
): Promise<Answer<Award>> {
  const prepared = { ...(await prepareAward(runtime, organisationId, draft)), offer }
  requireFormats(prepared.issuer, offer, { achievement: prepared.definition, award: draft })
  const fingerprint = ['createAward', draft, offer]
  return runtime.database.inOrganisation(organisationId, (tx) =>
    runOnce(tx, { ...runtime, owner: organisationId, key: idempotencyKey, fingerprint }, () =>
      recordAward(runtime, tx, prepared),
    ),
  )
}

async function recordAward(
  runtime: Runtime,
  tx: Transaction,
  prepared: Prepared,
): Promise<Answer<Award>> {
  const { issuer, draft, findings, offer } = prepared
  const refusal = await findRefusal(tx, prepared)
  const created = !refusal && (await insertAward(runtime, tx, prepared))
  const award = created || (await findSameAward(runtime, tx, issuer, draft))
  if (!award) throw new Problem(refusal ?? 'award-exists')
  if (offer && !created) requireOfferable(award)
  const options = offer && { issuer, awardId: award.id, options: offer }
  return {
    status: created ? 201 : 200,
    body: {
      ...award,
      ...(findings.length > 0 && { findings: [...findings] }),
      ...(options && { offer: createOffer(runtime, tx, options) }),
    },
  }
}

/** The award that has the draft's source reference and the very same content. */
async function findSameAward(
  runtime: Runtime,
  tx: Transaction,
  { organisationId }: Issuer,
  draft: ContentDraft,
): Promise<Award | undefined> {
  if (draft.sourceReference === undefined) return undefined
  const [row] = await tx
    .select()
    .from(awards)
    .where(
      and(
        eq(awards.organisationId, organisationId),
        eq(awards.sourceReference, draft.sourceReference),
      ),
    )
    .limit(1)
    .for('share')
  if (!row) return undefined
  if (!(await isSameContent(runtime, tx, row, draft))) throw new Problem('award-exists')
  const found = await listCredentials(tx, organisationId, [row])
  return toAward(runtime.vault, row, found.get(row.id) ?? [])
}

/** Whether an award says what a draft would. */
export async function isSameContent(
  runtime: Runtime,
  tx: Transaction,
  row: AwardRow,
  draft: ContentDraft,
) {
  const definition = await runtime.definitions.version(tx, {
    organisationId: row.achievementOrganisationId,
    id: row.achievementId,
    version: row.achievementVersion,
  })
  if (!definition) return false
  // Completed as it was then: a newer version of the definition makes no other award of it.
  const content: AwardContent = normaliseAward(draft, definition)
  return isDeepStrictEqual(content, openAward(runtime.vault, row, row))
}
