import { groupAwards, pageAwards } from '../awards/select-awards.ts'
import type { Runtime } from '../runtime.ts'
import { type BulkAction, findBulkRefusal } from './action.ts'
import type { BulkPreview } from './schemas.ts'

const shownExamples = 10

/** What an action would do as things stand, without doing it. */
export const previewAction = (
  { database, clock }: Runtime,
  organisationId: string,
  action: BulkAction,
): Promise<BulkPreview> =>
  database.inOrganisation(organisationId, async (tx) => {
    const { filter } = action
    const refused = new Map<string, number>()
    let count = 0
    for (const group of await groupAwards(tx, organisationId, filter)) {
      count += group.count
      const code = findBulkRefusal(action, group, clock.now())
      if (code !== undefined) refused.set(code, (refused.get(code) ?? 0) + group.count)
    }
    const first = await pageAwards(tx, organisationId, { filter, limit: shownExamples, after: '' })
    return {
      count,
      refused: [...refused].map(([code, refusals]) => ({ code, count: refusals })),
      examples: first.map(({ id, achievementId, awardedOn, status }) => ({
        ...{ id, achievementId, awardedOn, status },
      })),
    }
  })
