import { learningCredentialVct } from '@mikromerit/credentials'
import Type, { type Static } from 'typebox'
import { DcqlQuery } from '../dcql/schemas.ts'
import { clientIdPrefixes } from '../identity/client-identifiers.ts'
import { PolicyId } from '../policies/schemas.ts'
import { AnswerReport } from '../verifications/report.ts'
import { responseModes } from './doors.ts'
import { Purpose } from './purpose.ts'

const strict = { additionalProperties: false }

export const requestStates = ['pending', 'fetched', 'answered', 'declined', 'expired'] as const

const Instant = Type.String({ format: 'date-time' })

const purposeExample: Purpose = {
  sv: 'Vi vill se vad du kan inför anställningen.',
  en: 'We would like to see your skills before we hire you.',
}

/** OpenID4VP 1.0, section 8.4; further members belong to the type. */
const TransactionData = Type.Object(
  {
    type: Type.String({ minLength: 1, maxLength: 200 }),
    credential_ids: Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 32 }),
  },
  { additionalProperties: true, maxProperties: 32 },
)

/** What navigator.credentials.get() gave: protocol and data of a DigitalCredential (OpenID4VP 1.0, appendix A.4). */
export const BrowserAnswer = Type.Object(
  {
    protocol: Type.Enum(['openid4vp-v1-signed', 'openid4vp-v1-unsigned']),
    data: Type.Record(Type.String({ maxLength: 100 }), Type.Unknown(), {
      description: 'With dc_api.jwt the member response; with dc_api vp_token; or error',
    }),
  },
  {
    ...strict,
    description: 'A DigitalCredential as the browser gave it',
    examples: [
      { protocol: 'openid4vp-v1-signed', data: { response: 'eyJhbGciOiJFQ0RILUVTIiwi…' } },
    ],
  },
)

/** W3C Digital Credentials: one entry of `digital.requests` for navigator.credentials.get(). */
export const DigitalCredentialRequest = Type.Object(
  {
    protocol: Type.Enum(['openid4vp-v1-signed', 'openid4vp-v1-unsigned']),
    data: Type.Record(Type.String(), Type.Unknown()),
  },
  { ...strict, description: 'One of digital.requests for navigator.credentials.get()' },
)

export const PresentationRequestDraft = Type.Object(
  {
    policyId: Type.Optional(PolicyId),
    dcql: Type.Optional(DcqlQuery),
    purpose: Purpose,
    responseMode: Type.Optional(
      Type.Enum(responseModes, {
        default: 'direct_post.jwt',
        description:
          'direct_post.jwt: the answer is encrypted to a key made for this request; dc_api.jwt, dc_api: for the Digital Credentials API of browsers, with digitalCredentialRequest besides the link',
      }),
    ),
    flow: Type.Optional(
      Type.Enum(['cross_device', 'same_device'], {
        description:
          'same_device: the wallet sends the learner back, to redirectUri or else to the page of the request, with a code that the report is released for. Default: cross_device, or same_device when there is a redirectUri',
      }),
    ),
    clientIdPrefix: Type.Optional(
      Type.Enum(clientIdPrefixes, {
        default: 'x509_hash',
        description:
          'How the request names this verifier (OpenID4VP 1.0, section 5.9.3). HAIP 1.0 knows x509_hash alone. redirect_uri: the request is not signed and stands in the link itself; wallets cannot tell who asks',
      }),
    ),
    requestUriMethod: Type.Optional(
      Type.Enum(['get', 'post'], {
        description:
          'post: wallets send a nonce and what they can when they fetch the request, and may get it encrypted',
      }),
    ),
    transactionData: Type.Optional(
      Type.Array(TransactionData, {
        minItems: 1,
        maxItems: 8,
        description:
          'What the learner authorises by answering (OpenID4VP 1.0, section 8.4): wallets that do not know the type refuse the request',
      }),
    ),
    expectedOrigins: Type.Optional(
      Type.Array(Type.String({ maxLength: 300 }), {
        minItems: 1,
        maxItems: 8,
        description:
          'With dc_api and dc_api.jwt: origins of the pages that may ask the browser. Default: that of this verifier, for the page of the request',
      }),
    ),
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
          'Same-device flow, to a page of yours: where the wallet sends the learner back, with #response_code=… added. The report is then released only with that code',
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
    requestUri: Type.Optional(
      Type.String({
        format: 'uri',
        description: 'Absent when the request stands in the link itself',
      }),
    ),
    digitalCredentialRequest: Type.Optional(DigitalCredentialRequest),
    page: Type.String({
      format: 'uri',
      description:
        'A page of this verifier that shows the QR code or link and follows the request to its end. Only the first browser that opens it gets to see anything',
    }),
    confirmationCode: Type.String({
      description: 'Show it beside the QR code: wallets may show it, too',
    }),
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
        page: 'https://verifier.example.se/request/YW5vdGhlci1zZWNyZXQtZm9yLXRoZS1wYWdl',
        confirmationCode: '417 093',
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

export type DigitalCredentialRequest = Static<typeof DigitalCredentialRequest>
export type BrowserAnswer = Static<typeof BrowserAnswer>
export type PresentationRequestDraft = Static<typeof PresentationRequestDraft>
export type CreatedPresentationRequest = Static<typeof CreatedPresentationRequest>
export type PresentationRequest = Static<typeof PresentationRequest>
