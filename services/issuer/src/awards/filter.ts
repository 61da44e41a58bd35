import { awardStatuses } from '@mikromerit/credentials'
import { and, eq, gte, inArray, lte, type SQL } from 'drizzle-orm'
import Type, { type Static } from 'typebox'
import { awards } from './table.ts'

const day = (description: string) => Type.Optional(Type.String({ format: 'date', description }))

/** Which awards of an organisation; all that is told must hold. */
export const AwardFilter = Type.Object(
  {
    achievementId: Type.Optional(
      Type.String({ format: 'uuid', description: 'Only awards of this definition' }),
    ),
    importId: Type.Optional(
      Type.String({ format: 'uuid', description: 'Only awards that this import recorded' }),
    ),
    awardedFrom: day('Only awards of this day and later'),
    awardedTo: day('Only awards of this day and earlier'),
    status: Type.Optional(Type.Enum(awardStatuses, { description: 'Only awards of this status' })),
    awardIds: Type.Optional(
      Type.Array(Type.String({ format: 'uuid' }), {
        minItems: 1,
        maxItems: 1_000,
        description: 'Only these awards',
      }),
    ),
  },
  { additionalProperties: false, minProperties: 1, description: 'Which awards' },
)
export type AwardFilter = Static<typeof AwardFilter>

export const matchesFilter = (organisationId: string, filter: AwardFilter): SQL | undefined => {
  const { achievementId, importId, awardedFrom, awardedTo, status, awardIds } = filter
  return and(
    eq(awards.organisationId, organisationId),
    achievementId === undefined ? undefined : eq(awards.achievementId, achievementId),
    importId === undefined ? undefined : eq(awards.importId, importId),
    awardedFrom === undefined ? undefined : gte(awards.awardedOn, awardedFrom),
    awardedTo === undefined ? undefined : lte(awards.awardedOn, awardedTo),
    status === undefined ? undefined : eq(awards.status, status),
    awardIds === undefined ? undefined : inArray(awards.id, awardIds),
  )
}
