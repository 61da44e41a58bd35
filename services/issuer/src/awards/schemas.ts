import {
  AwardDraft as AwardContentDraft,
  Award as AwardContentSchema,
  achievementExample,
  awardExample,
  awardStatuses,
  Finding,
  Learner,
  normaliseAchievement,
  normaliseAward,
} from '@mikromerit/credentials'
import { PageQuery } from '@mikromerit/service-kit'
import Type, { type Static } from 'typebox'
import { IssuedCredential } from '../credentials/schemas.ts'
import { Offer, OfferOptions } from '../offers/schemas.ts'
import { OrganisationParams } from '../organisations/schemas.ts'
import { CredentialPreview } from '../previews/schemas.ts'
import { Succession } from '../replacements/succession.ts'

const exampleId = '0190c1a2-0000-7000-8000-000000000a01'

const offerMember = Type.Optional(OfferOptions)

export const AwardDraft = Type.Object(
  { ...AwardContentDraft.properties, offer: offerMember },
  {
    additionalProperties: false,
    description: 'That a learner has achieved a micro-credential, and whether to offer it at once',
    examples: [{ ...awardExample, offer: { txCode: true } }],
  },
)
export type AwardDraft = Static<typeof AwardDraft>

/** What is kept sealed of an award. */
export type AwardContent = Omit<Static<typeof AwardContentSchema>, 'id'>

const StatusChange = Type.Object(
  {
    status: Type.Enum(awardStatuses),
    reason: Type.Optional(
      Type.String({ description: 'Absent once the learner of the award is erased' }),
    ),
    decidedBy: Type.String({ description: 'Subject of the access token' }),
    decidedAt: Type.String({ format: 'date-time' }),
  },
  { additionalProperties: false, description: 'A change of status' },
)
export type StatusChange = Static<typeof StatusChange>

const awardAnswerExample = {
  id: exampleId,
  ...normaliseAward(awardExample, normaliseAchievement(achievementExample)),
  achievementVersion: 1,
  status: 'valid',
  createdAt: '2026-06-05T08:00:00.000Z',
  credentials: [
    {
      id: '0190c1a2-0000-7000-8000-000000000003',
      configurationId: 'MicroCredential_sd_jwt_vc',
      status: 'valid',
      issuedAt: '2026-06-05T08:01:12.000Z',
      expiresAt: '2028-06-04T08:00:00.000Z',
      notification: { event: 'credential_accepted', at: '2026-06-05T08:01:13.000Z' },
    },
  ],
}

export const Award = Type.Object(
  {
    ...AwardContentSchema.properties,
    achievementVersion: Type.Integer({ description: 'The version of the definition' }),
    learner: Type.Optional(Learner),
    status: Type.Enum(awardStatuses),
    createdAt: Type.String({ format: 'date-time' }),
    erasedAt: Type.Optional(
      Type.String({ format: 'date-time', description: 'When all about the learner was erased' }),
    ),
    supersedes: Type.Optional(Succession),
    supersededBy: Type.Optional(Succession),
    credentials: Type.Array(IssuedCredential, { description: 'Made from this award' }),
    statusChanges: Type.Optional(
      Type.Array(StatusChange, { description: 'Oldest first. Not in lists' }),
    ),
    offer: Type.Optional(Offer),
    findings: Type.Optional(
      Type.Array(Finding, { description: 'Warnings. Only in the answer to its creation' }),
    ),
  },
  {
    additionalProperties: false,
    description: 'An award with its credentials and their status',
    examples: [awardAnswerExample],
  },
)
export type Award = Static<typeof Award>

export const AwardTrial = Type.Object(
  {
    findings: Type.Array(Finding, { description: 'Errors, warnings and hints' }),
    refusal: Type.Optional(
      Type.String({
        description: 'Why no award can be made now, whatever it says: a problem code',
        examples: ['achievement-archived'],
      }),
    ),
    previews: Type.Array(CredentialPreview, {
      description:
        'What would be signed, in each format to be offered; none while there are errors',
    }),
  },
  { additionalProperties: false, description: 'The answer to a dry run: nothing was recorded' },
)
export type AwardTrial = Static<typeof AwardTrial>

export const AwardParams = Type.Object({
  ...OrganisationParams.properties,
  award: Type.String({
    format: 'uuid',
    description: 'Identifier of the award',
    examples: [exampleId],
  }),
})
export type AwardParams = Static<typeof AwardParams>

export const AwardListQuery = Type.Object({
  ...PageQuery.properties,
  achievementId: Type.Optional(
    Type.String({ format: 'uuid', description: 'Only awards of this definition' }),
  ),
  status: Type.Optional(Type.Enum(awardStatuses, { description: 'Only awards of this status' })),
  sourceReference: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: 'Only the award of this reference' }),
  ),
})
export type AwardListQuery = Static<typeof AwardListQuery>

export const StatusChangeDraft = Type.Object(
  {
    status: Type.Enum(awardStatuses, {
      description: 'revoked is final; suspended can be lifted with valid',
    }),
    reason: Type.String({
      maxLength: 2_000,
      description: 'Why, for the record. Not published; wallets and verifiers see the status only',
    }),
  },
  {
    additionalProperties: false,
    examples: [{ status: 'suspended', reason: 'Resultatet omprövas efter begäran' }],
  },
)
export type StatusChangeDraft = Static<typeof StatusChangeDraft>
