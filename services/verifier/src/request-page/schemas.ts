import Type, { type Static } from 'typebox'
import { DigitalCredentialRequest, PresentationRequest } from '../presentation-requests/schemas.ts'
import { pageLanguages } from '../verification-page/texts.ts'

const strict = { additionalProperties: false }

export const PageParams = Type.Object({
  page: Type.String({
    minLength: 1,
    maxLength: 100,
    description: 'The secret in the address of the page',
  }),
})

export const PageQuery = Type.Object({
  lang: Type.Optional(
    Type.Enum(pageLanguages, { description: 'Default: as the browser prefers, else Swedish' }),
  ),
})

const purpose = {
  sv: 'Vi vill se vad du kan inför anställningen.',
  en: 'We would like to see your skills before we hire you.',
}

const requestExample = {
  id: '01970c1a-2b3c-7d4e-8f50-617283940a1b',
  state: 'pending',
  purpose,
  createdAt: '2026-06-05T08:00:00.000Z',
  expiresAt: '2026-06-05T08:10:00.000Z',
}

export const RequestPageView = Type.Object(
  {
    verifier: Type.String({ description: 'Who asks, as wallets show it' }),
    request: PresentationRequest,
    ways: Type.Optional(
      Type.Object(
        {
          isSameDevice: Type.Boolean({ description: 'The wallet comes back to a page' }),
          authorizationRequest: Type.String(),
          qrCode: Type.Optional(Type.String({ description: 'SVG' })),
          digitalCredentialRequest: Type.Optional(DigitalCredentialRequest),
          confirmationCode: Type.String(),
        },
        { ...strict, description: 'How it can be answered, as long as it can' },
      ),
    ),
  },
  {
    ...strict,
    description: 'What the page shows',
    examples: [
      {
        verifier: 'Arbetsgivaren',
        request: requestExample,
        ways: {
          isSameDevice: false,
          authorizationRequest:
            'openid4vp://?client_id=x509_hash%3AUvo3…&request_uri=https%3A%2F%2F…',
          qrCode: '<svg xmlns="http://www.w3.org/2000/svg">…</svg>',
          confirmationCode: '417 093',
        },
      },
    ],
  },
)

export const ResultQuestion = Type.Object(
  {
    responseCode: Type.Optional(
      Type.String({ maxLength: 100, description: 'What the wallet brought back to the page' }),
    ),
  },
  { ...strict, examples: [{}] },
)

export type RequestPageView = Static<typeof RequestPageView>
