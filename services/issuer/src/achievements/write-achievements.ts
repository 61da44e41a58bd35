import type { AchievementDraft as AchievementContentDraft } from '@mikromerit/credentials'
import { type Answer, Problem, runOnce, type Transaction } from '@mikromerit/service-kit'
import type { Runtime } from '../runtime.ts'
import {
  archiveAchievement,
  type StoredAchievement,
  storeAchievement,
  storeNextVersion,
} from './achievements.ts'
import type { Achievement, AchievementDraft, AchievementParams } from './schemas.ts'

interface Write {
  readonly organisationId: string
  readonly idempotencyKey: string | undefined
  readonly fingerprint: unknown
}

/** Stores a new definition, once per idempotency key. */
export async function createAchievement(
  runtime: Runtime,
  organisationId: string,
  { id, ...draft }: AchievementDraft,
  idempotencyKey: string | undefined,
): Promise<Answer<Achievement>> {
  if (!(await runtime.issuers.find(organisationId))) throw new Problem('organisation-not-found')
  const fingerprint = ['createAchievement', id, draft]
  const now = runtime.clock.now()
  return writeOnce(runtime, { organisationId, idempotencyKey, fingerprint }, async (tx) =>
    toAnswer(await storeAchievement(tx, { organisationId, id, now }, draft)),
  )
}

/** Stores the next version of a definition, once per idempotency key. */
export function replaceAchievement(
  runtime: Runtime,
  { organisation: organisationId, achievement: id }: AchievementParams,
  draft: AchievementContentDraft,
  idempotencyKey: string | undefined,
): Promise<Answer<Achievement>> {
  const fingerprint = ['replaceAchievement', id, draft]
  const target = { organisationId, id, now: runtime.clock.now() }
  return writeOnce(runtime, { organisationId, idempotencyKey, fingerprint }, async (tx) => {
    const { achievement } = await storeNextVersion(tx, target, draft)
    return { status: 200, body: achievement }
  })
}

/** Closes a definition for awards. Repeating it changes nothing, so it needs no record of its key. */
export async function closeAchievement(
  runtime: Runtime,
  { organisation: organisationId, achievement: id }: AchievementParams,
): Promise<Achievement> {
  const target = { organisationId, id, now: runtime.clock.now() }
  const archived = await runtime.database.inOrganisation(organisationId, (tx) =>
    archiveAchievement(tx, target),
  )
  runtime.definitions.forget(organisationId, id)
  return archived
}

async function writeOnce(
  runtime: Runtime,
  { organisationId, idempotencyKey: key, fingerprint }: Write,
  effect: (tx: Transaction) => Promise<Answer<Achievement>>,
): Promise<Answer<Achievement>> {
  const answer = await runtime.database.inOrganisation(organisationId, (tx) =>
    runOnce(tx, { ...runtime, owner: organisationId, key, fingerprint }, () => effect(tx)),
  )
  runtime.definitions.forget(organisationId, answer.body.id)
  return answer
}

const toAnswer = ({ achievement, isNew }: StoredAchievement): Answer<Achievement> => ({
  status: isNew ? 201 : 200,
  body: achievement,
})
