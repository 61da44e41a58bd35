import Type, { type Static } from 'typebox'
import { LabelledClaim } from '../claims/claim-labels.ts'

const ClaimPath = Type.Array(
  Type.Union([
    Type.String({ minLength: 1, maxLength: 200 }),
    Type.Integer({ minimum: 0 }),
    Type.Null(),
  ]),
  { minItems: 1, maxItems: 16 },
)

export const ShareDraft = Type.Object(
  {
    claims: Type.Optional(
      Type.Array(ClaimPath, {
        maxItems: 200,
        description:
          'Paths out of disclosable that the link shows besides what is always visible; without it, what one has learned. Title, issuer and level are kept together, and a grade with its scale',
      }),
    ),
    expiresIn: Type.Optional(
      Type.Integer({
        minimum: 60,
        maximum: 31_536_000,
        description: 'Seconds until the link ends; without it 30 days',
      }),
    ),
  },
  {
    additionalProperties: false,
    examples: [{ claims: [['learning_outcomes'], ['expected_study_time']], expiresIn: 604_800 }],
  },
)
export type ShareDraft = Static<typeof ShareDraft>

/** As it is recorded: without the secret, which is nowhere kept. */
export const CreatedShare = Type.Object({
  id: Type.String({ format: 'uuid' }),
  expiresAt: Type.String({ format: 'date-time' }),
})
export type CreatedShare = Static<typeof CreatedShare>

export const ShareLink = Type.Object(
  {
    ...CreatedShare.properties,
    url: Type.String({
      description: 'The link; whoever has it sees the credential. Not shown again',
    }),
  },
  {
    examples: [
      {
        id: '0190c1a2-0000-7000-8000-00000000000c',
        expiresAt: '2026-06-12T12:00:00.000Z',
        url: 'https://wallet.example/shares/3q2-7wEBAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhs',
      },
    ],
  },
)

export const Share = Type.Object({
  ...CreatedShare.properties,
  claims: Type.Array(LabelledClaim, {
    description: 'What it shows besides what is always visible',
  }),
  views: Type.Integer({ minimum: 0, description: 'How often the credential was fetched by it' }),
  createdAt: Type.String({ format: 'date-time' }),
})
export type Share = Static<typeof Share>

export const ShareList = Type.Object(
  { items: Type.Array(Share, { maxItems: 50 }) },
  {
    examples: [
      {
        items: [
          {
            id: '0190c1a2-0000-7000-8000-00000000000c',
            claims: [
              {
                path: ['learning_outcomes'],
                label: { sv: 'Läranderesultat', en: 'Learning outcomes' },
              },
            ],
            views: 2,
            createdAt: '2026-06-05T12:00:00.000Z',
            expiresAt: '2026-06-12T12:00:00.000Z',
          },
        ],
      },
    ],
  },
)

export const ShareParams = Type.Object({
  credential: Type.String({ format: 'uuid' }),
  share: Type.String({ format: 'uuid', description: 'Id from the list' }),
})

export const SecretParams = Type.Object({
  secret: Type.String({ minLength: 1, maxLength: 128, description: 'The last part of the link' }),
})
