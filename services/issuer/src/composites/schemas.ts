import { StackingResult } from '@mikromerit/credentials'
import Type, { type Static } from 'typebox'
import { AchievementParams } from '../achievements/schemas.ts'
import { Offer, OfferOptions } from '../offers/schemas.ts'
import { compositeStates } from './states.ts'

const strict = { additionalProperties: false }

const LocalisedText = Type.Object(
  {
    sv: Type.String({ minLength: 1, maxLength: 500 }),
    en: Type.String({ minLength: 1, maxLength: 500 }),
  },
  strict,
)

const purposeExample = {
  sv: 'Visa delarna, så utfärdar vi helheten.',
  en: 'Show the parts and we will award the whole.',
}

export const CompositeRequestDraft = Type.Object(
  {
    purpose: Type.Optional({
      ...LocalisedText,
      description: 'What the learner is told; a general sentence when absent',
    }),
    expiresIn: Type.Optional(
      Type.Integer({
        minimum: 60,
        maximum: 86_400,
        description: 'Seconds in which the learner can answer; 900 when absent',
      }),
    ),
    offer: Type.Optional(OfferOptions),
  },
  {
    ...strict,
    description: 'A request to a learner to show the parts of a composite micro-credential',
    examples: [{ purpose: purposeExample, expiresIn: 900, offer: { formats: ['sd_jwt_vc'] } }],
  },
)
export type CompositeRequestDraft = Static<typeof CompositeRequestDraft>

export const CompositeRequest = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    achievementId: Type.String({ format: 'uuid' }),
    achievementVersion: Type.Integer({ minimum: 1 }),
    state: Type.Enum([...compositeStates], {
      description:
        'pending: not answered yet; fulfilled: the whole is awarded and offered; missing: what was shown does not suffice; refused: it suffices but cannot be awarded, see reason; declined; expired',
    }),
    authorizationRequest: Type.Optional(
      Type.String({
        description: 'For the learner’s wallet, as a link or a QR code; while pending',
      }),
    ),
    result: Type.Optional(StackingResult),
    reason: Type.Optional(
      Type.String({
        description:
          'Why it was refused: learner-differs, learner-unknown, answer-unreadable, or a problem code of awarding',
      }),
    ),
    awardId: Type.Optional(Type.String({ format: 'uuid' })),
    offer: Type.Optional(Offer),
    createdAt: Type.String({ format: 'date-time' }),
    expiresAt: Type.String({ format: 'date-time' }),
    settledAt: Type.Optional(Type.String({ format: 'date-time' })),
  },
  {
    ...strict,
    description: 'A request for the parts of a composite micro-credential, and what came of it',
    examples: [
      {
        id: '0190c1a2-0000-7000-8000-0000000000c1',
        achievementId: '0190a5c4-7d1e-7c3b-9f00-000000000001',
        achievementVersion: 1,
        state: 'pending',
        authorizationRequest:
          'openid4vp://?client_id=x509_hash%3AUvo3HtuIxuhC92rShpgqcT3YXwrqRxWEviRiA0OZszk&request_uri=https%3A%2F%2Fverifier.example.se%2Fopenid4vp%2Frequests%2FY2hvc2VuLWF0LXJhbmRvbS1mb3ItdGhpcy1vbmU',
        createdAt: '2026-06-05T08:00:00.000Z',
        expiresAt: '2026-06-05T08:15:00.000Z',
      },
    ],
  },
)
export type CompositeRequest = Static<typeof CompositeRequest>

export const CompositeParams = Type.Object({
  ...AchievementParams.properties,
  request: Type.String({ format: 'uuid', description: 'Identifier of the request' }),
})
export type CompositeParams = Static<typeof CompositeParams>

export const defaultPurpose = purposeExample
