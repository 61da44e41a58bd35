import { LocalisedText } from '@mikromerit/credentials'
import Type, { type Static } from 'typebox'

/** What would be signed, without signing it. */
export const CredentialPreview = Type.Object(
  {
    format: Type.String({ description: 'As in offer.formats: sd_jwt_vc, elm, open_badge …' }),
    mediaType: Type.String({ description: 'Of the signed credential' }),
    payload: Type.Record(Type.String(), Type.Unknown(), {
      description: 'The payload to be signed, as yet without holder key, status and times',
    }),
    disclosable: Type.Optional(
      Type.Array(Type.String(), { description: 'Claims the learner may hide (SD-JWT VC)' }),
    ),
    losses: Type.Array(
      Type.Object(
        {
          code: Type.String(),
          pointer: Type.String({ description: 'Where in the award record, as JSON Pointer' }),
          claim: Type.Optional(Type.String({ description: 'The claim it would have been' })),
          message: LocalisedText,
        },
        { additionalProperties: false },
      ),
      { description: 'What this format cannot carry truthfully and completely' },
    ),
  },
  { additionalProperties: false, description: 'A credential as it would be made' },
)
export type CredentialPreview = Static<typeof CredentialPreview>
