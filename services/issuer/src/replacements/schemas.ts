import { awardExample, replacementReasons } from '@mikromerit/credentials'
import Type, { type Static } from 'typebox'
import { AwardDraft } from '../awards/schemas.ts'

// Without the register's reference: the correction takes over that of the award it replaces.
const { sourceReference: _, ...content } = awardExample

export const CorrectionDraft = Type.Object(
  {
    ...AwardDraft.properties,
    reason: Type.Enum(replacementReasons, {
      description: 'Published to whoever meets a credential of the old award; a code, never a text',
    }),
  },
  {
    additionalProperties: false,
    description:
      'The whole award as it should be, why it replaces the old one, and whether to offer it',
    examples: [{ ...content, reason: 'data_corrected', offer: {} }],
  },
)
export type CorrectionDraft = Static<typeof CorrectionDraft>

export const ReplacementParams = Type.Object({
  organisation: Type.String({ maxLength: 64 }),
  credential: Type.String({
    format: 'uuid',
    description: 'The credential’s own id: its jti or id, without urn:uuid:',
  }),
})
export type ReplacementParams = Static<typeof ReplacementParams>
