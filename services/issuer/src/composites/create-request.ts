import { createHash } from 'node:crypto'
import { stockholmDate } from '@mikromerit/credentials'
import { type Answer, newId, Problem, runOnce } from '@mikromerit/service-kit'
import { type AwardableDefinition, findDefinition } from '../achievements/find-definition.ts'
import type { AchievementParams } from '../achievements/schemas.ts'
import { findDelegationRefusal } from '../delegation/find-right.ts'
import { requireFormats } from '../offers/check-formats.ts'
import type { Runtime } from '../runtime.ts'
import { buildCompositeQuery } from './build-query.ts'
import { type CompositeRow, sealContent, toCompositeRequest } from './requests.ts'
import { type CompositeRequest, type CompositeRequestDraft, defaultPurpose } from './schemas.ts'
import { compositeRequests } from './table.ts'

const defaultSeconds = 900

/**
 * Asks a learner, through the verifier, to show the parts of a composite micro-credential; once per idempotency key.
 * @throws Problem achievement-not-found, not-delegated, achievement-not-published, achievement-archived,
 *   delegation-…, achievement-not-composite, stacking-rules-too-wide, verifier-unavailable, format-not-switched-on,
 *   award-not-formal, award-formal
 */
export async function createCompositeRequest(
  runtime: Runtime,
  { organisation: organisationId, achievement }: AchievementParams,
  draft: CompositeRequestDraft,
  key: string | undefined,
): Promise<Answer<CompositeRequest>> {
  const found = await findDefinition(runtime, organisationId, achievement)
  await requireAwardable(runtime, organisationId, found)
  const { definition, creatorId } = found
  const { stackingRules } = definition
  if (!stackingRules) throw new Problem('achievement-not-composite')
  const dcql = buildCompositeQuery(stackingRules)
  if (!dcql) throw new Problem('stacking-rules-too-wide')
  const issuer = await runtime.issuers.find(organisationId)
  if (!issuer) throw new Problem('organisation-not-found')
  requireFormats(issuer, draft.offer, { achievement: definition, award: {} })

  const { purpose = defaultPurpose, expiresIn = defaultSeconds, offer: offerOptions = {} } = draft
  const id = newId()
  const asked = await runtime.verifier.createRequest(
    organisationId,
    { dcql, purpose, expiresIn },
    // The same request sent again asks the verifier for the same presentation; another one is refused below.
    key === undefined ? id : digestKey(organisationId, achievement, key, JSON.stringify(draft)),
  )
  const { authorizationRequest } = asked
  const row: CompositeRow = {
    organisationId,
    id,
    achievementOrganisationId: creatorId,
    achievementId: definition.id,
    achievementVersion: definition.version,
    state: 'pending',
    presentationRequestId: asked.id,
    content: sealContent(
      runtime.vault,
      { organisationId, id },
      { authorizationRequest, offerOptions },
    ),
    awardId: null,
    createdAt: runtime.clock.now(),
    expiresAt: asked.expiresAt,
    settledAt: null,
  }
  const fingerprint = ['createCompositeRequest', achievement, draft]
  return runtime.database.inOrganisation(organisationId, (tx) =>
    runOnce(tx, { ...runtime, owner: organisationId, key, fingerprint }, async () => {
      await tx.insert(compositeRequests).values(row)
      return { status: 201, body: toCompositeRequest(runtime.vault, row) }
    }),
  )
}

/** Nobody is asked to show anything for what could not be awarded now. */
async function requireAwardable(
  { database, clock }: Runtime,
  delegateId: string,
  { definition, creatorId }: AwardableDefinition,
) {
  if (definition.status === 'draft') throw new Problem('achievement-not-published')
  if (definition.status === 'archived') throw new Problem('achievement-archived')
  if (creatorId === delegateId) return
  const right = { delegateId, creatorId, achievementId: definition.id }
  const refusal = await database.inOrganisation(delegateId, (tx) =>
    findDelegationRefusal(tx, right, stockholmDate(clock.now())),
  )
  if (refusal) throw new Problem(refusal)
}

const digestKey = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
