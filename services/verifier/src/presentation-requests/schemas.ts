import { learningCredentialVct } from '@mikromerit/credentials'
import Type, { type Static } from 'typebox'
import { DcqlQuery } from '../dcql/schemas.ts'
import { PolicyId } from '../policies/schemas.ts'
import { AnswerReport } from '../verifications/report.ts'
import { Purpose } from './purpose.ts'

const strict = { additionalProperties: false }

export const ResponseMode = Type.Union(
  [Type.Literal('direct_post.jwt'), Type.Literal('direct_post')],
  {
    default: 'direct_post.jwt',
    description: 'direct_post.jwt: the answer is encrypted to a key made for this request',
  },
)

export const requestStates = ['pending', 'fetched', 'answered', 'declined', 'expired'] as const

const Instant = Type.String({ format: 'date-time' })

const purposeExample: Purpose = {
  sv: 'Vi vill se vad du kan inför anställningen.',
  en: 'We would like to see your skills before we hire you.',
}

export const PresentationRequestDraft = Type.Object(
  {
    policyId: Type.Optional(PolicyId),
    dcql: Type.Optional(DcqlQuery),
    purpose: Purpose,
    responseMode: Type.Optional(ResponseMode),
    expiresIn: Type.Optional(
      Type.Integer({
        minimum: 30,
        maximum: 86_400,
        description: 'Seconds in which it can be answered. Default: REQUEST_LIFETIME_SECONDS',
      }),
    ),
    redirectUri: Type.Optional(
      Type.String({
        format: 'uri',
        maxLength: 1_000,
        description:
          'Same-device flow: where the wallet sends the learner back, with #response_code=… added. The report is then released only with that code',
      }),
    ),
  },
  {
    ...strict,
    description:
      'Give policyId, or dcql, or neither: then the standard question is asked, for a micro-credential with learning outcomes, workload, level and skills.',
    examples: [
      { purpose: purposeExample },
      {
        purpose: purposeExample,
        dcql: {
          credentials: [
            {
              id: 'micro_credential',
              format: 'dc+sd-jwt',
              meta: { vct_values: [learningCredentialVct] },
              claims: [{ path: ['learning_outcomes'] }],
            },
          ],
        },
      },
    ],
  },
)

export const CreatedPresentationRequest = Type.Object(
  {
    id: Type.String({
      format: 'uuid',
      description: 'For reading the state; no wallet gets to know it',
    }),
    authorizationRequest: Type.String({ description: 'For the wallet: as a link or a QR code' }),
    requestUri: Type.String({ format: 'uri' }),
    expiresAt: Instant,
  },
  {
    ...strict,
    description: 'The request as it was made',
    examples: [
      {
        id: '01970c1a-2b3c-7d4e-8f50-617283940a1b',
        authorizationRequest:
          'openid4vp://?client_id=x509_hash%3AUvo3HtuIxuhC92rShpgqcT3YXwrqRxWEviRiA0OZszk&request_uri=https%3A%2F%2Fverifier.example.se%2Fopenid4vp%2Frequests%2FY2hvc2VuLWF0LXJhbmRvbS1mb3ItdGhpcy1vbmU',
        requestUri:
          'https://verifier.example.se/openid4vp/requests/Y2hvc2VuLWF0LXJhbmRvbS1mb3ItdGhpcy1vbmU',
        expiresAt: '2026-06-05T08:10:00.000Z',
      },
    ],
  },
)

export const PresentationRequest = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    state: Type.Enum([...requestStates], {
      description:
        'pending: nobody has fetched it; fetched: a wallet has; answered: there is a report; declined: the learner or the wallet said no; expired: nobody answered in time',
    }),
    purpose: Purpose,
    policyId: Type.Optional(Type.String()),
    createdAt: Instant,
    expiresAt: Instant,
    answeredAt: Type.Optional(Instant),
    walletError: Type.Optional(
      Type.String({ description: 'The error code the wallet declined with' }),
    ),
    report: Type.Optional(AnswerReport),
  },
  {
    ...strict,
    description: 'The request, its state and, once it is answered, the report',
    examples: [
      {
        id: '01970c1a-2b3c-7d4e-8f50-617283940a1b',
        state: 'pending',
        purpose: purposeExample,
        createdAt: '2026-06-05T08:00:00.000Z',
        expiresAt: '2026-06-05T08:10:00.000Z',
      },
    ],
  },
)

export const RequestParams = Type.Object({ id: Type.String({ format: 'uuid' }) })

export const RequestQuery = Type.Object({
  responseCode: Type.Optional(
    Type.String({
      maxLength: 100,
      description:
        'What the wallet brought back to redirectUri: needed for the report when there is one',
    }),
  ),
})

export type ResponseMode = Static<typeof ResponseMode>
export type PresentationRequestDraft = Static<typeof PresentationRequestDraft>
export type CreatedPresentationRequest = Static<typeof CreatedPresentationRequest>
export type PresentationRequest = Static<typeof PresentationRequest>
