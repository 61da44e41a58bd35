import { achievementExample } from '@mikromerit/credentials'
import Type, { type Static } from 'typebox'
import { AchievementParams } from '../achievements/schemas.ts'

const organisationId = Type.String({
  pattern: '^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$',
  description: 'The organisation that may award the definition',
})
const day = (description: string) =>
  Type.String({ format: 'date', minLength: 10, maxLength: 10, description })
const from = day('First day of awards; today in Sweden when absent')
const until = day('Last day of awards; without end when absent')

const example = { organisationId: 'exempelhogskolan', from: '2026-01-01', until: '2030-12-31' }

export const DelegationDraft = Type.Object(
  { organisationId, from: Type.Optional(from), until: Type.Optional(until) },
  {
    additionalProperties: false,
    description: 'The right to award a definition, for another organisation',
    examples: [example],
  },
)
export type DelegationDraft = Static<typeof DelegationDraft>

export const delegationStates = ['coming', 'open', 'ended', 'withdrawn'] as const

const delegationExample = {
  id: '0190c1a2-0000-7000-8000-0000000000d1',
  ...example,
  state: 'open' as const,
  grantedBy: 'developer',
  grantedAt: '2026-01-01T08:00:00.000Z',
}

const delegationMembers = {
  id: Type.String({ format: 'uuid' }),
  organisationId,
  from,
  until: Type.Optional(until),
  state: Type.Enum(delegationStates, { description: 'As of today in Sweden' }),
  grantedBy: Type.String({ description: 'Subject of the access token' }),
  grantedAt: Type.String({ format: 'date-time' }),
  withdrawnBy: Type.Optional(Type.String({ description: 'Subject of the access token' })),
  withdrawnAt: Type.Optional(Type.String({ format: 'date-time' })),
}

export const Delegation = Type.Object(delegationMembers, {
  additionalProperties: false,
  description: 'A right to award a definition, now or once: what was withdrawn stays as history',
  examples: [delegationExample],
})
export type Delegation = Static<typeof Delegation>

/** What an organisation sees of a right that was given to it. */
export const ReceivedDelegation = Type.Object(
  {
    ...delegationMembers,
    achievementId: Type.String({ format: 'uuid', description: 'Use it in awards' }),
    creatorId: Type.String({ description: 'The organisation that created the definition' }),
    title: Type.Unsafe<Readonly<Record<string, string>>>({
      type: 'object',
      additionalProperties: { type: 'string' },
      description: 'Name of the micro-credential',
    }),
  },
  {
    additionalProperties: false,
    description: 'A right to award a definition of another organisation',
    examples: [
      {
        ...delegationExample,
        achievementId: '0190a5c4-7d1e-7c3b-9f00-000000000001',
        creatorId: 'exempeluniversitetet',
        title: achievementExample.title,
      },
    ],
  },
)
export type ReceivedDelegation = Static<typeof ReceivedDelegation>

export const DelegationParams = Type.Object({
  ...AchievementParams.properties,
  delegation: Type.String({ format: 'uuid', description: 'Identifier of the delegation' }),
})
export type DelegationParams = Static<typeof DelegationParams>
