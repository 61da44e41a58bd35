import { Problem } from '@mikromerit/service-kit'

/** Each asks the database several times a second. */
const mostOfOne = 30

export interface Followers {
  /**
   * Takes a place for whoever follows a job, and gives what hands it back.
   * @throws Problem too-many-followers
   */
  take(organisationId: string): () => void
}

/** Who follows jobs on this replica, by organisation. */
export function createFollowers(): Followers {
  const following = new Map<string, number>()
  return {
    take: (organisationId) => {
      const before = following.get(organisationId) ?? 0
      if (before >= mostOfOne)
        throw new Problem('too-many-followers', { headers: { 'retry-after': '10' } })
      following.set(organisationId, before + 1)
      return () => {
        const left = (following.get(organisationId) ?? 1) - 1
        if (left > 0) following.set(organisationId, left)
        else following.delete(organisationId)
      }
    },
  }
}
