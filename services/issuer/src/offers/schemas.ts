import Type, { type Static } from 'typebox'
import { credentialFormats } from '../openid4vci/metadata/configurations.ts'
import { offerGrants } from './grants.ts'
import { maxOfferLifetimeSeconds, minOfferLifetimeSeconds } from './limits.ts'

export const OfferOptions = Type.Object(
  {
    formats: Type.Optional(
      Type.Array(Type.Enum(credentialFormats), {
        minItems: 1,
        uniqueItems: true,
        description:
          'Formats offered; sd_jwt_vc, elm and open_badge when absent. A wallet fetches as many as it wants. The webuild formats must be switched on in the organisation’s settings, and fit the award: webuild_micro_credential is of formal education without validation, webuild_verified_skill of all other learning',
      }),
    ),
    grants: Type.Optional(
      Type.Array(Type.Enum(offerGrants), {
        minItems: 1,
        uniqueItems: true,
        description:
          'How a wallet may redeem it; pre-authorized_code when absent. With authorization_code the learner signs in where the organisation has said (PUT …/sign-in)',
      }),
    ),
    txCode: Type.Optional(
      Type.Boolean({
        description:
          'Ask the learner for a transaction code. It is told once, in this answer: send it by another channel than the offer',
      }),
    ),
    expiresIn: Type.Optional(
      Type.Integer({
        minimum: minOfferLifetimeSeconds,
        maximum: maxOfferLifetimeSeconds,
        description: 'Seconds the offer can be redeemed',
      }),
    ),
  },
  {
    additionalProperties: false,
    examples: [{ formats: ['sd_jwt_vc', 'elm'], txCode: true, expiresIn: 86_400 }],
  },
)
export type OfferOptions = Static<typeof OfferOptions>

const preAuthorizedCodeGrant = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'

/** OpenID4VCI 4.1.1. */
export const CredentialOffer = Type.Object({
  credential_issuer: Type.String(),
  credential_configuration_ids: Type.Array(Type.String(), { minItems: 1, uniqueItems: true }),
  grants: Type.Object({
    authorization_code: Type.Optional(Type.Object({ issuer_state: Type.String() })),
    [preAuthorizedCodeGrant]: Type.Optional(
      Type.Object({
        'pre-authorized_code': Type.String(),
        tx_code: Type.Optional(
          Type.Object({
            input_mode: Type.Literal('numeric'),
            length: Type.Integer(),
            description: Type.String({ maxLength: 300 }),
          }),
        ),
      }),
    ),
  }),
})
export type CredentialOffer = Static<typeof CredentialOffer>

const offerExample = {
  id: '0190c1a2-0000-7000-8000-0000000000f1',
  credentialOffer: {
    credential_issuer: 'http://localhost:3001/exempeluniversitetet',
    credential_configuration_ids: [
      'MicroCredential_sd_jwt_vc',
      'MicroCredential_elm',
      'MicroCredential_elm_jwt_vc_json',
      'MicroCredential_open_badge',
      'MicroCredential_open_badge_jwt_vc_json',
    ],
    grants: {
      [preAuthorizedCodeGrant]: {
        'pre-authorized_code': 'AZq3o2d4cQyWqk8nYw5m1xJ2v6T0sB9uFhKpLr7eXcDgNzQaVbMw',
        tx_code: { input_mode: 'numeric' as const, length: 6, description: 'Koden / the code' },
      },
    },
  },
  credentialOfferUri:
    'openid-credential-offer://?credential_offer_uri=http%3A%2F%2Flocalhost%3A3001%2Fexempeluniversitetet%2Foffers%2FAZq3o2d4cQyWqk8nYw5m1x',
  txCode: '493536',
  expiresAt: '2026-06-06T08:00:00.000Z',
}

/** An offer as its creator sees it, once: it holds what redeems it. */
export const Offer = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    credentialOffer: CredentialOffer,
    credentialOfferUri: Type.String({
      description: 'Link or QR code content: openid-credential-offer://?credential_offer_uri=…',
    }),
    txCode: Type.Optional(Type.String({ description: 'Six digits; told here and never again' })),
    expiresAt: Type.String({ format: 'date-time' }),
  },
  { examples: [offerExample] },
)
export type Offer = Static<typeof Offer>

export const OfferReferenceParams = Type.Object({
  organisation: Type.String({ maxLength: 64 }),
  reference: Type.String({ maxLength: 200 }),
})
export type OfferReferenceParams = Static<typeof OfferReferenceParams>
