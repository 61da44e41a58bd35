import { Problem } from '@mikromerit/service-kit'
import { and, eq, isNull } from 'drizzle-orm'
import type { Runtime } from '../runtime.ts'
import type { AwardParams } from './schemas.ts'
import { awards } from './table.ts'

/**
 * Erases all about an award's learner by destroying the key it is sealed under (GDPR Art. 17; design.md
 * section 3). What is left (definition, day, status, places in the status lists) names nobody, and
 * credentials that were fetched stay valid and can still be revoked. Erasing twice changes nothing.
 */
export const eraseLearner = (
  runtime: Runtime,
  { organisation: organisationId, award: id }: AwardParams,
): Promise<void> =>
  runtime.database.inOrganisation(organisationId, async (tx) => {
    const isThisAward = and(eq(awards.organisationId, organisationId), eq(awards.id, id))
    const [award] = await tx.select({ id: awards.id }).from(awards).where(isThisAward).limit(1)
    if (!award) throw new Problem('award-not-found')
    await tx
      .update(awards)
      .set({
        dataKey: null,
        content: null,
        sourceReference: null,
        importDigest: null,
        erasedAt: runtime.clock.now(),
      })
      .where(and(isThisAward, isNull(awards.erasedAt)))
  })
