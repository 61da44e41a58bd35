import { kitConfigSchema, loadConfig, type ServiceConfig } from '@mikromerit/service-kit'
import Type, { type Static } from 'typebox'

/** What the wallet reads from the environment beyond what every service reads. */
const walletVariables = {
  REQUIRE_TRUSTED_ISSUERS: Type.Optional(
    Type.Boolean({
      description:
        'Refuse credentials whose issuer is neither certified by a trust anchor nor publishes its keys. Default: true in production, else false (such credentials are kept and marked)',
    }),
  ),
  OAUTH_CLIENT_ID: Type.String({
    default: 'mikromerit-wallet',
    minLength: 1,
    maxLength: 200,
    description:
      'Client identifier sent to authorization servers that do not allow anonymous pre-authorized requests',
  }),
  OFFER_LIFETIME_SECONDS: Type.Integer({
    default: 86_400,
    minimum: 60,
    maximum: 2_592_000,
    description: 'How long a previewed offer can be accepted here; the issuer may end it earlier',
  }),
  STATUS_REFRESH_SECONDS: Type.Integer({
    default: 900,
    minimum: 30,
    maximum: 86_400,
    description:
      "How old an issuer's word on a credential may be before it is asked for again when the learner looks",
  }),
  VERIFICATION_PAGE_URL: Type.String({
    default: 'http://localhost:3003/verify',
    pattern: '^https?://',
    maxLength: 500,
    description: 'The page where whoever opens a share link or scans a printed code can check it',
  }),
  PRESENTATION_LIFETIME_SECONDS: Type.Integer({
    default: 600,
    minimum: 30,
    maximum: 86_400,
    description: 'How long a previewed request can be answered, unless the verifier says less',
  }),
}

export const walletConfigSchema = Type.Object({
  ...kitConfigSchema.properties,
  ...walletVariables,
})

export type WalletConfig = Static<typeof walletConfigSchema> & ServiceConfig

/** @throws ConfigurationError naming every fault. */
export const loadWalletConfig = (env: Readonly<Record<string, string | undefined>>): WalletConfig =>
  loadConfig(walletConfigSchema, { ...env, PORT: env.PORT ?? '3002' })
