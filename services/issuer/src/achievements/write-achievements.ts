import type { AchievementDraft as AchievementContentDraft } from '@mikromerit/credentials'
import { type Answer, newId, Problem, runOnce, type Transaction } from '@mikromerit/service-kit'
import type { Runtime } from '../runtime.ts'
import {
  archiveAchievement,
  publishAchievement,
  type StoredAchievement,
  storeAchievement,
  storeNextVersion,
  unpublishAchievement,
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
  { id, status = 'published', ...draft }: AchievementDraft,
  idempotencyKey: string | undefined,
): Promise<Answer<Achievement>> {
  if (!(await runtime.issuers.find(organisationId))) throw new Problem('organisation-not-found')
  const fingerprint = ['createAchievement', id, draft, status]
  const target = { ...runtime, organisationId, id: id ?? newId() }
  return writeOnce(runtime, { organisationId, idempotencyKey, fingerprint }, async (tx) =>
    toAnswer(await storeAchievement(tx, target, draft, status)),
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
  const target = { ...runtime, organisationId, id }
  return writeOnce(runtime, { organisationId, idempotencyKey, fingerprint }, async (tx) => {
    const { achievement } = await storeNextVersion(tx, target, draft)
    return { status: 200, body: achievement }
  })
}

const changes = {
  archive: archiveAchievement,
  publish: publishAchievement,
  unpublish: unpublishAchievement,
} as const
export type StatusVerb = keyof typeof changes

/** Changes what may be done with a definition. Repeating it changes nothing, so it needs no record of its key. */
export async function changeAchievementStatus(
  runtime: Runtime,
  { organisation: organisationId, achievement: id }: AchievementParams,
  verb: StatusVerb,
): Promise<Achievement> {
  const target = { ...runtime, organisationId, id }
  const changed = await runtime.database.inOrganisation(organisationId, (tx) =>
    changes[verb](tx, target),
  )
  runtime.definitions.forget(organisationId, id)
  return changed
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
