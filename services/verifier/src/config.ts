import { kitConfigSchema, loadConfig, type ServiceConfig } from '@mikromerit/service-kit'
import Type, { type Static } from 'typebox'

/** What the verifier reads from the environment beyond what every service reads. */
const verifierVariables = {
  VERIFIER_NAME: Type.String({
    default: 'Mikromerit verifier',
    minLength: 1,
    maxLength: 64,
    description: 'Name in the certificate and the request: what a wallet shows its holder',
  }),
  REQUEST_LIFETIME_SECONDS: Type.Integer({
    default: 600,
    minimum: 30,
    maximum: 86_400,
    description: 'How long a presentation request can be answered when its creator does not say',
  }),
  RESULT_RETENTION_HOURS: Type.Integer({
    default: 24,
    minimum: 1,
    maximum: 8_760,
    description: 'How long a request and its report can be read; then both are deleted',
  }),
  KEY_BINDING_MAX_AGE_SECONDS: Type.Integer({
    default: 300,
    minimum: 30,
    maximum: 3_600,
    description: 'How old the proof of possession in an answer may be (standards V-29)',
  }),
  CLOCK_SKEW_SECONDS: Type.Integer({
    default: 60,
    minimum: 0,
    maximum: 60,
    description: "How far an issuer's or a wallet's clock may be ahead of ours",
  }),
  STATUS_LIST_MAX_CACHE_SECONDS: Type.Integer({
    default: 3_600,
    minimum: 1,
    maximum: 86_400,
    description: 'A status list is fetched again after this time, whatever its own ttl says',
  }),
  STATUS_LIST_MAX_BYTES: Type.Integer({
    default: 1_048_576,
    minimum: 65_536,
    maximum: 1_048_576,
    description:
      'Largest status list token that is read; a larger one leaves the status undetermined',
  }),
  VERIFICATION_MAX_BYTES: Type.Integer({
    default: 4_194_304,
    minimum: 65_536,
    maximum: 20_971_520,
    description: 'Largest file that is verified, uploaded or fetched; JSON has MAX_BODY_BYTES',
  }),
  PUBLIC_VERIFICATIONS_PER_MINUTE: Type.Integer({
    default: 30,
    minimum: 1,
    maximum: 10_000,
    description:
      'Verifications on the public page per client address and minute, where RATE_LIMIT_PER_MINUTE is not 0',
  }),
  SIGNING_CERTIFICATE_DAYS: Type.Integer({
    default: 365,
    minimum: 2,
    maximum: 1_095,
    description:
      'Validity of the certificate of the request signing key; it is renewed at two thirds',
  }),
  VERIFIER_ATTESTATION: Type.Optional(
    Type.String({
      maxLength: 16_384,
      description:
        'Verifier attestation (a JWT of type verifier-attestation+jwt for one of our keys, see /.well-known/did.json): for requests with the client identifier prefix verifier_attestation',
    }),
  ),
  VERIFIER_INFO: Type.Optional(
    Type.String({
      maxLength: 65_536,
      description:
        'What others attest of this verifier, such as a registration certificate: a JSON array of { format, data } with JWTs about the subject of our certificate; sent as verifier_info',
    }),
  ),
  TRUST_BUNDLE_DAYS: Type.Integer({
    default: 30,
    minimum: 1,
    maximum: 366,
    description: 'How long a trust bundle for offline verification can be used',
  }),
  TRUST_BUNDLE_STATUS_MAX_AGE_HOURS: Type.Integer({
    default: 24,
    minimum: 1,
    maximum: 8_760,
    description:
      'How old a status list in a trust bundle may be; an older one leaves the status undetermined',
  }),
  MAX_EVENT_STREAMS: Type.Integer({
    default: 500,
    minimum: 1,
    maximum: 10_000,
    description: 'Event streams that one replica serves at the same time',
  }),
}

export const verifierConfigSchema = Type.Object({
  ...kitConfigSchema.properties,
  ...verifierVariables,
})

export type VerifierConfig = Static<typeof verifierConfigSchema> & ServiceConfig

/** @throws ConfigurationError naming every fault. */
export const loadVerifierConfig = (
  env: Readonly<Record<string, string | undefined>>,
): VerifierConfig =>
  loadConfig(
    verifierConfigSchema,
    { ...env, PORT: env.PORT ?? '3003' },
    // Our requests are signed by a certified key.
    { alsoRequiredInProduction: ['ISSUING_CA_CERTIFICATE_FILE', 'ISSUING_CA_KEY_FILE'] },
  )
