import {
  AchievementDraft as AchievementContentDraft,
  Achievement as AchievementVersion,
  achievementExample,
  Completeness,
  Finding,
  normaliseAchievement,
} from '@mikromerit/credentials'
import { PageQuery } from '@mikromerit/service-kit'
import Type, { type Static } from 'typebox'
import { OrganisationParams } from '../organisations/schemas.ts'
import { CredentialPreview } from '../previews/schemas.ts'

export { AchievementContentDraft }

export const achievementStatuses = ['draft', 'published', 'archived'] as const

const exampleId = '0190a5c4-7d1e-7c3b-9f00-000000000001'

const AchievementId = Type.String({
  format: 'uuid',
  description: 'Identifier of the definition',
  examples: [exampleId],
})

/** A definition as it is first stored: the content, and the id when the caller's catalogue gave it one. */
export const AchievementDraft = Type.Object(
  {
    id: Type.Optional(
      Type.String({
        format: 'uuid',
        description: 'A UUID of your own, for example from your catalogue; made when absent',
      }),
    ),
    status: Type.Optional(
      Type.Enum(['draft', 'published'], {
        default: 'published',
        description: 'A draft is neither open for awards nor in the catalogue',
      }),
    ),
    ...AchievementContentDraft.properties,
  },
  {
    additionalProperties: false,
    description: 'Definition of a micro-credential: all elements of the European standard',
    examples: [{ id: exampleId, ...achievementExample }],
  },
)
export type AchievementDraft = Static<typeof AchievementDraft>

/** One version of a definition as stored. Codes are URIs and lists are complete. */
export const Achievement = Type.Object(
  {
    ...AchievementVersion.properties,
    status: Type.Enum(achievementStatuses, {
      description:
        'Only a published definition is open for awards and in the catalogue; what was awarded stays',
    }),
    createdAt: Type.String({ format: 'date-time', description: 'When this version was stored' }),
    completeness: Type.Optional(Completeness),
    findings: Type.Optional(
      Type.Array(Finding, {
        description: 'What could be better: warnings and hints. Only in the answer to a write',
      }),
    ),
  },
  {
    additionalProperties: false,
    description: 'A version of a definition',
    examples: [
      {
        id: exampleId,
        version: 1,
        ...normaliseAchievement(achievementExample),
        status: 'published',
        createdAt: '2026-06-01T08:00:00.000Z',
      },
    ],
  },
)
export type Achievement = Static<typeof Achievement>

/** What storing a definition would say. */
export const AchievementTrial = Type.Object(
  {
    findings: Type.Array(Finding, { description: 'Errors, warnings and hints' }),
    completeness: Completeness,
    previews: Type.Array(CredentialPreview, {
      description: 'What would be signed for a sample learner; none while there are errors',
    }),
  },
  { additionalProperties: false, description: 'The answer to a dry run: nothing was stored' },
)
export type AchievementTrial = Static<typeof AchievementTrial>

export const DryRunQuery = Type.Object({
  dryRun: Type.Boolean({
    default: false,
    description: 'Only say what storing it would say, with a preview of each credential',
  }),
})

export const AchievementParams = Type.Object({
  ...OrganisationParams.properties,
  achievement: AchievementId,
})
export type AchievementParams = Static<typeof AchievementParams>

export const AchievementQuery = Type.Object({
  version: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 2_147_483_647,
      description: 'The newest version when absent',
    }),
  ),
})

export const AchievementListQuery = Type.Object({
  ...PageQuery.properties,
  status: Type.Optional(
    Type.Enum(achievementStatuses, { description: 'Only definitions of this status' }),
  ),
})
