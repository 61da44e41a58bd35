import Type, { type Static } from 'typebox'
import { CredentialSummary, summaryExample } from '../credentials/schemas.ts'

export const OfferLinkBody = Type.Object(
  {
    credentialOffer: Type.String({
      minLength: 1,
      maxLength: 16_384,
      description: 'The link of the QR code, with the offer in it or by reference',
    }),
  },
  {
    additionalProperties: false,
    examples: [
      {
        credentialOffer:
          'openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fissuer.example%2Foffers%2F1',
      },
    ],
  },
)

export const AcceptBody = Type.Object(
  {
    txCode: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 64,
        description: 'The code the issuer gave the learner by another way; leading zeros count',
      }),
    ),
  },
  { additionalProperties: false, examples: [{ txCode: '049318' }] },
)

const OfferedIssuerPreview = Type.Object({
  identifier: Type.String({ description: 'Credential Issuer Identifier' }),
  host: Type.String({ description: 'Where the transaction code would be sent' }),
  name: Type.String(),
  logo: Type.Optional(Type.String({ description: 'https address; not fetched by the wallet' })),
})

const OfferedCredential = Type.Object({
  configurationId: Type.String(),
  format: Type.String(),
  name: Type.String(),
  description: Type.Optional(Type.String()),
  supported: Type.Boolean({ description: 'Whether accepting the offer brings this credential' }),
  sameAs: Type.Optional(
    Type.String({
      description:
        'The configuration that brings the very same credential under another format name; it is not asked for twice',
    }),
  ),
})

const TxCodePreview = Type.Object({
  required: Type.Literal(true),
  inputMode: Type.Enum(['numeric', 'text']),
  length: Type.Optional(Type.Integer()),
  description: Type.Optional(Type.String()),
})

export const OfferPreview = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    issuer: OfferedIssuerPreview,
    credentials: Type.Array(OfferedCredential),
    txCode: Type.Optional(TxCodePreview),
    expiresAt: Type.String({ format: 'date-time' }),
    trust: Type.Enum(['trusted', 'undetermined'], {
      description:
        'trusted: the metadata is signed under a trust anchor. undetermined: only the host is known; the credential itself is checked when it arrives',
    }),
  },
  {
    examples: [
      {
        id: '0190c1a2-0000-7000-8000-000000000001',
        issuer: {
          identifier: 'https://issuer.example/exempeluniversitetet',
          host: 'issuer.example',
          name: 'Exempeluniversitetet',
        },
        credentials: [
          {
            configurationId: 'MicroCredential_sd_jwt_vc',
            format: 'dc+sd-jwt',
            name: 'Mikromerit',
            supported: true,
          },
        ],
        txCode: { required: true, inputMode: 'numeric', length: 6 },
        expiresAt: '2026-06-06T12:00:00.000Z',
        trust: 'undetermined',
      },
    ],
  },
)
export type OfferPreview = Static<typeof OfferPreview>

const RefusedCredential = Type.Object({
  configurationId: Type.String(),
  format: Type.String(),
  name: Type.String(),
  problem: Type.String({ description: 'Code of the problem, as in {PUBLIC_URL}/problems/{code}' }),
  detail: Type.Optional(Type.String()),
})

export const AcceptedOffer = Type.Object(
  {
    credentials: Type.Array(CredentialSummary, { description: 'What came, and was kept' }),
    refused: Type.Optional(
      Type.Array(RefusedCredential, {
        description:
          'What did not come, or did not stand the checks. The offer stays open: accept it again, and only these are asked for',
      }),
    ),
  },
  {
    examples: [
      {
        credentials: [summaryExample],
        refused: [
          {
            configurationId: 'MicroCredential_elm',
            format: 'vc+jwt',
            name: 'Mikromerit (ELM)',
            problem: 'issuer-unreachable',
          },
        ],
      },
    ],
  },
)
export type AcceptedOffer = Static<typeof AcceptedOffer>

export const OfferParams = Type.Object({
  offer: Type.String({ format: 'uuid', description: 'Id from the preview' }),
})
