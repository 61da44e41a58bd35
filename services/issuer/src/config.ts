import { kitConfigSchema, loadConfig } from '@mikromerit/service-kit'
import Type, { type Static } from 'typebox'

/** What the issuer reads from the environment: the kit's variables and its own. */
export const issuerConfigSchema = Type.Object({
  ...kitConfigSchema.properties,
  PORT: Type.Integer({
    default: 3_001,
    minimum: 0,
    maximum: 65_535,
    description: 'Port to listen on',
  }),
  STATUS_LIST_INTERVAL_SECONDS: Type.Integer({
    default: 0,
    minimum: 0,
    maximum: 86_400,
    description:
      'A status list is signed at most once in this time. 0: a change is public at once, and each request asks the database',
  }),
  STATUS_LIST_LIFETIME_SECONDS: Type.Integer({
    default: 3_600,
    minimum: 60,
    maximum: 604_800,
    description: 'How long a fetched status list may be relied on (its exp)',
  }),
  STATUS_LIST_SIZE: Type.Integer({
    default: 1_048_576,
    // I-52: large enough that a position says nothing about who was awarded together.
    minimum: 131_072,
    maximum: 16_777_216,
    description: 'Entries in a new status list',
  }),
  CREDENTIAL_LIFETIME_DAYS: Type.Integer({
    default: 730,
    minimum: 1,
    maximum: 3_650,
    description:
      'How long a signed credential is technically valid; the award itself does not lapse with it',
  }),
  OFFER_LIFETIME_SECONDS: Type.Integer({
    default: 86_400,
    minimum: 60,
    maximum: 2_592_000,
    description: 'How long an offer can be redeemed when its creator does not say',
  }),
  ACCESS_TOKEN_LIFETIME_SECONDS: Type.Integer({
    default: 300,
    minimum: 30,
    // I-10: at most five minutes for a token that is not sender-constrained.
    maximum: 300,
    description: 'How long a wallet may fetch credentials after redeeming an offer',
  }),
  NONCE_LIFETIME_SECONDS: Type.Integer({
    default: 300,
    minimum: 10,
    maximum: 3_600,
    description: 'How long a c_nonce can be used in a key proof',
  }),
  IMPORT_MAX_BYTES: Type.Integer({
    default: 67_108_864,
    minimum: 1_024,
    maximum: 268_435_456,
    description: 'Largest file that can be imported',
  }),
  IMPORT_MAX_ROWS: Type.Integer({
    default: 200_000,
    minimum: 1,
    maximum: 1_000_000,
    description: 'Most rows of a file that is imported',
  }),
  JOB_LEASE_SECONDS: Type.Integer({
    default: 60,
    minimum: 1,
    maximum: 3_600,
    description:
      'How long a job is left alone when the replica that works on it falls silent; then another goes on with it',
  }),
  JOB_MAX_OPEN: Type.Integer({
    default: 20,
    minimum: 1,
    maximum: 1_000,
    description: 'Imports and bulk changes of one organisation at a time that have not ended',
  }),
  JOB_RETENTION_DAYS: Type.Integer({
    default: 30,
    minimum: 1,
    maximum: 365,
    description: 'How long it can be read what became of the rows of an import or a bulk change',
  }),
  VERIFIER_URL: Type.String({
    default: 'http://localhost:3003',
    pattern: '^https?://[^\\s?#]*[^\\s?#/]$',
    description:
      'Where the verifier service is, which asks learners for the parts of composite micro-credentials. Not public: list it in `OUTBOUND_ALLOW`',
  }),
  VERIFIER_TOKEN_ENDPOINT: Type.Optional(
    Type.String({
      pattern: '^https?://\\S+$',
      description:
        'OAuth token endpoint for calling the verifier (client credentials). Default: the development token issuer; needed in production',
    }),
  ),
  VERIFIER_CLIENT_ID: Type.Optional(Type.String({ description: 'Client identifier there' })),
  VERIFIER_CLIENT_SECRET: Type.Optional(Type.String({ description: 'Client secret there' })),
  VERIFICATION_PAGE_URL: Type.String({
    default: 'http://localhost:3003/verify',
    pattern: '^https?://[^\\s#]+$',
    description: 'The page that codes on paper open: `/verify` of a verifier',
  }),
  SIGNING_CERTIFICATE_DAYS: Type.Integer({
    default: 1_095,
    minimum: 1,
    maximum: 3_650,
    description: "Validity of the certificate of an organisation's signing key",
  }),
})

export type IssuerConfig = Static<typeof issuerConfigSchema> & { readonly PUBLIC_URL: string }

/** Reads the issuer's configuration; throws one error that names all faults. */
export const loadIssuerConfig = (env: Readonly<Record<string, string | undefined>>): IssuerConfig =>
  loadConfig(issuerConfigSchema, env)
