import { ImportFinding } from '@mikromerit/exchange'
import { PageQuery } from '@mikromerit/service-kit'
import Type, { type Static } from 'typebox'
import { Offer } from '../offers/schemas.ts'
import { OrganisationParams } from '../organisations/schemas.ts'
import { jobKinds, jobStates, rowOutcomes } from './states.ts'

const exampleId = '0190c1a2-0000-7000-8000-000000000b01'

const count = (description: string) => Type.Integer({ minimum: 0, description })

export const Job = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    kind: Type.Enum(jobKinds),
    state: Type.Enum(jobStates, {
      description:
        'completed: gone through to the end. refused: the file holds errors and nothing was recorded. failed: a fault of ours; what was done stands',
    }),
    dryRun: Type.Boolean({ description: 'Only looks at what would be done' }),
    phase: Type.String({ description: 'checking, then recording' }),
    progress: Type.Object(
      {
        total: Type.Optional(count('How many there are, once that is known')),
        done: count('Gone through in this phase'),
        succeeded: count('Recorded, or found to be fine while checking'),
        unchanged: count('Were so already'),
        refused: count('Refused; the rows say why'),
      },
      { additionalProperties: false },
    ),
    findings: Type.Array(ImportFinding, { description: 'About the file as a whole' }),
    createdBy: Type.String({ description: 'Subject of the access token' }),
    createdAt: Type.String({ format: 'date-time' }),
    startedAt: Type.Optional(Type.String({ format: 'date-time' })),
    finishedAt: Type.Optional(Type.String({ format: 'date-time' })),
  },
  {
    additionalProperties: false,
    description: 'Long work and how far it is',
    examples: [
      {
        id: exampleId,
        kind: 'import',
        state: 'running',
        dryRun: false,
        phase: 'recording',
        progress: { total: 1_200, done: 500, succeeded: 498, unchanged: 2, refused: 0 },
        findings: [],
        createdBy: 'registrar',
        createdAt: '2026-06-05T08:00:00.000Z',
        startedAt: '2026-06-05T08:00:00.100Z',
      },
    ],
  },
)
export type Job = Static<typeof Job>

export const JobRow = Type.Object(
  {
    number: Type.Integer({ description: 'Row of the file, or the award’s place in the job' }),
    line: Type.Optional(Type.Integer({ description: 'Line of the file' })),
    outcome: Type.Enum(rowOutcomes, {
      description:
        'accepted: fine, while only checking. done. unchanged: was so already. refused: the findings say why',
    }),
    awardId: Type.Optional(Type.String({ format: 'uuid' })),
    supersededBy: Type.Optional(
      Type.String({ format: 'uuid', description: 'The award that took its place (reissue)' }),
    ),
    code: Type.Optional(
      Type.String({ description: 'Why it was refused: the last part of a problem type' }),
    ),
    findings: Type.Optional(Type.Array(ImportFinding)),
    offer: Type.Optional(Offer),
  },
  {
    additionalProperties: false,
    examples: [{ number: 17, outcome: 'done', awardId: '0190c1a2-0000-7000-8000-000000000a01' }],
  },
)
export type JobRow = Static<typeof JobRow>

export const JobParams = Type.Object({
  ...OrganisationParams.properties,
  job: Type.String({ format: 'uuid', description: 'Identifier of the job', examples: [exampleId] }),
})
export type JobParams = Static<typeof JobParams>

export const JobListQuery = Type.Object({
  ...PageQuery.properties,
  kind: Type.Optional(Type.Enum(jobKinds, { description: 'Only jobs of this kind' })),
})

export const JobRowQuery = Type.Object({
  ...PageQuery.properties,
  outcome: Type.Optional(Type.Enum(rowOutcomes, { description: 'Only rows of this outcome' })),
})
export type JobRowQuery = Static<typeof JobRowQuery>

export const LanguageQuery = Type.Object({
  language: Type.Enum(['sv', 'en'], { default: 'sv', description: 'Language of the texts' }),
})
