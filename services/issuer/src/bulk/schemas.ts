import { awardStatuses, replacementReasons } from '@mikromerit/credentials'
import Type, { type Static } from 'typebox'
import { AwardFilter } from '../awards/filter.ts'
import { copyFormats } from '../jobs/states.ts'
import { OfferOptions } from '../offers/schemas.ts'

const filterExample = { importId: '0190c1a2-0000-7000-8000-000000000b01' }

export const BulkQuery = Type.Object({
  dryRun: Type.Boolean({ default: false, description: 'Only tell what would be done' }),
})

export const BulkOffersDraft = Type.Object(
  { filter: AwardFilter, offer: Type.Optional(OfferOptions) },
  { additionalProperties: false, examples: [{ filter: filterExample, offer: { txCode: true } }] },
)
export type BulkOffersDraft = Static<typeof BulkOffersDraft>

export const BulkStatusDraft = Type.Object(
  {
    filter: AwardFilter,
    status: Type.Enum(awardStatuses, {
      description: 'revoked is final; suspended can be lifted with valid',
    }),
    reason: Type.String({
      minLength: 1,
      pattern: '\\S',
      maxLength: 2_000,
      description: 'Why, for the record of each award. Not published',
    }),
  },
  {
    additionalProperties: false,
    examples: [
      { filter: filterExample, status: 'suspended', reason: 'Kursens examination granskas' },
    ],
  },
)
export type BulkStatusDraft = Static<typeof BulkStatusDraft>

export const ReissueDraft = Type.Object(
  {
    filter: AwardFilter,
    reason: Type.Enum(replacementReasons, {
      description: 'Published to whoever meets a credential of an old award',
    }),
    offer: Type.Optional(OfferOptions),
  },
  {
    additionalProperties: false,
    examples: [{ filter: filterExample, reason: 'definition_corrected', offer: {} }],
  },
)
export type ReissueDraft = Static<typeof ReissueDraft>

export const BulkSigningDraft = Type.Object(
  {
    filter: AwardFilter,
    formats: Type.Optional(
      Type.Array(Type.Enum(copyFormats), {
        minItems: 1,
        maxItems: copyFormats.length,
        uniqueItems: true,
        description: 'Formats to sign each award in. Default: all three',
      }),
    ),
  },
  {
    additionalProperties: false,
    examples: [{ filter: filterExample, formats: ['sd_jwt_vc', 'elm'] }],
  },
)
export type BulkSigningDraft = Static<typeof BulkSigningDraft>

export const BulkPreview = Type.Object(
  {
    count: Type.Integer({ minimum: 0, description: 'Awards that the filter means' }),
    refused: Type.Array(
      Type.Object({
        code: Type.String({ description: 'The last part of a problem type' }),
        count: Type.Integer({ minimum: 1 }),
      }),
      { description: 'Awards of these to which it cannot be done, and why' },
    ),
    examples: Type.Array(
      Type.Object({
        id: Type.String({ format: 'uuid' }),
        achievementId: Type.String({ format: 'uuid' }),
        awardedOn: Type.String({ format: 'date' }),
        status: Type.Enum(awardStatuses),
      }),
      { description: 'The first of them' },
    ),
  },
  {
    additionalProperties: false,
    description: 'What would be done',
    examples: [
      {
        count: 1_200,
        refused: [{ code: 'award-not-valid', count: 3 }],
        examples: [
          {
            id: '0190c1a2-0000-7000-8000-000000000a01',
            achievementId: '0190a5c4-7d1e-7c3b-9f00-000000000001',
            awardedOn: '2026-06-05',
            status: 'valid',
          },
        ],
      },
    ],
  },
)
export type BulkPreview = Static<typeof BulkPreview>

/** A line of the file that GET …/jobs/{job}/credentials answers with. */
export const SignedLine = Type.Object(
  {
    award: Type.String({ format: 'uuid' }),
    sourceReference: Type.Optional(Type.String({ description: 'What your register calls it' })),
    format: Type.Enum(copyFormats),
    credential: Type.String({ description: 'As it was signed: an SD-JWT VC, or a VC-JWT' }),
  },
  { additionalProperties: false, description: 'A signed credential' },
)
export type SignedLine = Static<typeof SignedLine>
