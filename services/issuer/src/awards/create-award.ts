import { isDeepStrictEqual } from 'node:util'
import {
  type Achievement,
  checkAward,
  type Finding,
  normaliseAward,
  stockholmDate,
} from '@mikromerit/credentials'
import {
  type Answer,
  newId,
  Problem,
  runOnce,
  runPrepared,
  type Transaction,
  withoutWaiting,
} from '@mikromerit/service-kit'
import { and, eq } from 'drizzle-orm'
import { findDefinition } from '../achievements/find-definition.ts'
import { listCredentials } from '../credentials/read-credentials.ts'
import { findDelegationRefusal } from '../delegation/find-right.ts'
import { refuseErrors } from '../findings.ts'
import { createOffer } from '../offers/create-offer.ts'
import type { OfferOptions } from '../offers/schemas.ts'
import type { Issuer } from '../organisations/issuers.ts'
import type { Runtime } from '../runtime.ts'
import { type AwardRow, toAward } from './award-view.ts'
import { requireOfferable } from './lock-award.ts'
import type { Award, AwardContent, AwardDraft } from './schemas.ts'
import { openAward, sealAward } from './sealed-award.ts'
import { awards } from './table.ts'

type Definition = Achievement & { readonly status: 'draft' | 'published' | 'archived' }
type ContentDraft = Omit<AwardDraft, 'offer'>

/** What is to be recorded, settled before the transaction begins. */
interface Prepared {
  readonly issuer: Issuer
  readonly definition: Definition
  /** Who created the definition: the organisation itself, or who delegated it. */
  readonly creatorId: string
  readonly draft: ContentDraft
  readonly findings: readonly Finding[]
  readonly offer: OfferOptions | undefined
}

/**
 * Records an award and, when asked, offers it, in one transaction. The same content with the same source
 * reference again is answered with the award that is there (200), with a further offer when one is asked for.
 * @throws Problem achievement-not-found, not-delegated, achievement-archived, achievement-not-published,
 *   delegation-not-begun, delegation-ended, delegation-withdrawn, award-invalid, award-date-in-future, award-exists
 */
export async function createAward(
  runtime: Runtime,
  organisationId: string,
  { offer, ...draft }: AwardDraft,
  idempotencyKey: string | undefined,
): Promise<Answer<Award>> {
  const issuer = await runtime.issuers.find(organisationId)
  if (!issuer) throw new Problem('organisation-not-found')
  const { definition, creatorId } = await findDefinition(
    runtime,
    organisationId,
    draft.achievementId,
  )
  const findings = checkAward(draft, definition, stockholmDate(runtime.clock.now()))
  const isEarly = findings.some(
    ({ code, pointer }) => code === 'DATE_FUTURE' && pointer === '/awardedOn',
  )
  refuseErrors(isEarly ? 'award-date-in-future' : 'award-invalid', findings)
  const prepared = { issuer, definition, creatorId, draft, findings, offer }
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

/** Why no new award may be made of the definition now. */
async function findRefusal(
  tx: Transaction,
  { issuer: { organisationId: delegateId }, definition, creatorId, draft }: Prepared,
): Promise<string | undefined> {
  if (definition.status !== 'published')
    return definition.status === 'draft' ? 'achievement-not-published' : 'achievement-archived'
  if (creatorId === delegateId) return undefined
  const right = { delegateId, achievementId: definition.id, creatorId }
  return findDelegationRefusal(tx, right, draft.awardedOn)
}

/** The new award; undefined when one with its source reference is there already. */
async function insertAward(
  { vault, clock, statements }: Runtime,
  tx: Transaction,
  { issuer: { organisationId }, definition, creatorId, draft }: Prepared,
): Promise<Award | undefined> {
  const place = { organisationId, id: newId() }
  const content = normaliseAward(draft, definition)
  const now = clock.now()
  const row = {
    ...place,
    achievementOrganisationId: creatorId,
    achievementId: definition.id,
    achievementVersion: definition.version,
    awardedOn: draft.awardedOn,
    status: 'valid',
    sourceReference: draft.sourceReference ?? null,
    ...sealAward(vault, place, content),
    createdAt: now,
  }
  const insert = () => runPrepared(tx, statements.awards.insert, row)
  // Only a source reference can be there already: without one there is nothing to wait for.
  if (draft.sourceReference === undefined) withoutWaiting(tx, insert)
  else if ((await insert()).length === 0) return undefined
  return {
    ...content,
    id: place.id,
    achievementVersion: definition.version,
    status: 'valid',
    createdAt: now.toISOString(),
    credentials: [],
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

async function isSameContent(
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
