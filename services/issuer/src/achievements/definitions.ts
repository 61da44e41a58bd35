import type { Clock, Database, Transaction } from '@mikromerit/service-kit'
import { createBoundedCache } from '../bounded-cache.ts'
import { findCreator } from '../delegation/find-right.ts'
import { findAchievement } from './find-achievement.ts'
import type { Achievement } from './schemas.ts'

/** Definitions in memory: every award and every credential needs one, and they rarely change. */
export interface DefinitionCache {
  /** The newest version, of which awards are made, unless it is archived. */
  current(organisationId: string, id: string): Promise<Achievement | undefined>
  /** The newest version of a definition that was delegated to an organisation, and whose it is. */
  delegated(
    delegateId: string,
    id: string,
  ): Promise<{ readonly creatorId: string; readonly definition: Achievement } | undefined>
  /** One version, for ever the same. Read in the caller's transaction when it is not in memory. */
  version(
    tx: Transaction,
    reference: { organisationId: string; id: string; version: number },
  ): Promise<Achievement | undefined>
  /** After a definition was changed by this process. */
  forget(organisationId: string, id: string): void
}

const maxEntries = 2_000
/** How long another replica may go on awarding a version after a newer one is stored, or it is archived. */
const currentSeconds = 5
const versionSeconds = 3_600

export function createDefinitionCache({
  database,
  clock,
}: {
  database: Database
  clock: Clock
}): DefinitionCache {
  const current = createBoundedCache<Achievement>({
    clock,
    maxEntries,
    maxAgeSeconds: currentSeconds,
  })
  const delegated = createBoundedCache<{ creatorId: string; definition: Achievement }>({
    clock,
    maxEntries,
    maxAgeSeconds: currentSeconds,
  })
  const versions = createBoundedCache<Achievement>({
    clock,
    maxEntries,
    maxAgeSeconds: versionSeconds,
  })
  return {
    current: (organisationId, id) =>
      current.get(`${organisationId}/${id}`, () =>
        database.inOrganisation(organisationId, (tx) =>
          findAchievement(tx, { organisationId, id }),
        ),
      ),
    delegated: (delegateId, id) =>
      delegated.get(`${delegateId}/${id}`, () =>
        // Read as the delegate: row-level security shows it what was delegated, and nothing else.
        database.inOrganisation(delegateId, async (tx) => {
          const creatorId = await findCreator(tx, { delegateId, achievementId: id })
          const definition =
            creatorId && (await findAchievement(tx, { organisationId: creatorId, id }))
          return creatorId && definition ? { creatorId, definition } : undefined
        }),
      ),
    version: (tx, reference) =>
      versions.get(`${reference.organisationId}/${reference.id}/${reference.version}`, () =>
        findAchievement(tx, reference),
      ),
    forget: (organisationId, id) => current.forget(`${organisationId}/${id}`),
  }
}
