import { checkAward, type Finding, normaliseAward, stockholmDate } from '@mikromerit/credentials'
import {
  newId,
  Problem,
  runPrepared,
  type Transaction,
  withoutWaiting,
} from '@mikromerit/service-kit'
import { findDefinition } from '../achievements/find-definition.ts'
import type { Achievement } from '../achievements/schemas.ts'
import { findDelegationRefusal } from '../delegation/find-right.ts'
import { refuseErrors } from '../findings.ts'
import type { Issuer } from '../organisations/issuers.ts'
import type { Runtime } from '../runtime.ts'
import type { Award, AwardDraft } from './schemas.ts'
import { sealAward } from './sealed-award.ts'

export type ContentDraft = Omit<AwardDraft, 'offer'>

/** An award that is to be recorded, settled before the transaction begins. */
export interface PreparedAward {
  readonly issuer: Issuer
  readonly definition: Achievement
  /** Who created the definition: the organisation itself, or who delegated it. */
  readonly creatorId: string
  readonly draft: ContentDraft
  readonly findings: readonly Finding[]
}

/**
 * Finds what an award refers to and says what is wrong with it, without refusing it.
 * @throws Problem organisation-not-found, achievement-not-found, not-delegated
 */
export async function examineAward(
  runtime: Runtime,
  organisationId: string,
  draft: ContentDraft,
): Promise<PreparedAward> {
  const issuer = await runtime.issuers.find(organisationId)
  if (!issuer) throw new Problem('organisation-not-found')
  const { definition, creatorId } = await findDefinition(
    runtime,
    organisationId,
    draft.achievementId,
  )
  const findings = checkAward(draft, definition, stockholmDate(runtime.clock.now()))
  return { issuer, definition, creatorId, draft, findings }
}

/**
 * Finds what an award refers to and checks it against the rules.
 * @throws Problem organisation-not-found, achievement-not-found, not-delegated, award-invalid, award-date-in-future
 */
export async function prepareAward(
  runtime: Runtime,
  organisationId: string,
  draft: ContentDraft,
): Promise<PreparedAward> {
  const prepared = await examineAward(runtime, organisationId, draft)
  const isEarly = prepared.findings.some(
    ({ code, pointer }) => code === 'DATE_FUTURE' && pointer === '/awardedOn',
  )
  refuseErrors(isEarly ? 'award-date-in-future' : 'award-invalid', prepared.findings)
  return prepared
}

/** Why no new award may be made of the definition now. */
export async function findRefusal(
  tx: Transaction,
  { issuer: { organisationId: delegateId }, definition, creatorId, draft }: PreparedAward,
): Promise<string | undefined> {
  if (definition.status !== 'published')
    return definition.status === 'draft' ? 'achievement-not-published' : 'achievement-archived'
  if (creatorId === delegateId) return undefined
  const right = { delegateId, achievementId: definition.id, creatorId }
  return findDelegationRefusal(tx, right, draft.awardedOn)
}

/** The new award; undefined when one with its source reference is there already. */
export async function insertAward(
  { vault, clock, statements }: Runtime,
  tx: Transaction,
  { issuer: { organisationId }, definition, creatorId, draft }: PreparedAward,
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
