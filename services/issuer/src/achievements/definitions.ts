import type { Clock, Database, Transaction } from '@mikromerit/service-kit'
import { createBoundedCache } from '../bounded-cache.ts'
import { findAchievement } from './read-achievements.ts'
import type { Achievement } from './schemas.ts'

/** Definitions in memory: every award and every credential needs one, and they rarely change. */
export interface DefinitionCache {
  /** The newest version, of which awards are made, unless it is archived. */
  current(organisationId: string, id: string): Promise<Achievement | undefined>
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
    version: (tx, reference) =>
      versions.get(`${reference.organisationId}/${reference.id}/${reference.version}`, () =>
        findAchievement(tx, reference),
      ),
    forget: (organisationId, id) => current.forget(`${organisationId}/${id}`),
  }
}
