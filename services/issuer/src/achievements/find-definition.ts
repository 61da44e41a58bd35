import { Problem } from '@mikromerit/service-kit'
import { isPublished } from '../catalogue/find-published.ts'
import type { Runtime } from '../runtime.ts'
import type { Achievement } from './schemas.ts'

export interface AwardableDefinition {
  readonly definition: Achievement
  /** The organisation that created it: the one that asks, or who delegated it. */
  readonly creatorId: string
}

/**
 * The newest version of a definition that an organisation created or was given to award. Whether it may award it on
 * a certain day is settled with the award.
 * @throws Problem achievement-not-found, not-delegated
 */
export async function findDefinition(
  { database, definitions }: Runtime,
  organisationId: string,
  id: string,
): Promise<AwardableDefinition> {
  const definition = await definitions.current(organisationId, id)
  if (definition) return { definition, creatorId: organisationId }
  const delegated = await definitions.delegated(organisationId, id)
  if (delegated) return delegated
  const isAnothers = await database.inOrganisation(organisationId, (tx) => isPublished(tx, id))
  throw new Problem(isAnothers ? 'not-delegated' : 'achievement-not-found')
}
