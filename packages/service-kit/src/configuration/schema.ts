import Type, { type Static, type TStringOptions } from 'typebox'

const issuerPattern = 'https?://[^\\s,?#]+'
const keyPattern = '[A-Za-z0-9_+/-]{43}=?'
const allowedPattern = '(loopback|https?://[^\\s,/]+/?|[A-Za-z0-9.:\\[\\]-]+)'

/** A variable that lists things of one form, separated by commas. */
const listOf = (pattern: string, options: TStringOptions & { readonly expected: string }) =>
  Type.Optional(Type.String({ pattern: `^ *${pattern}( *, *${pattern})* *$`, ...options }))

/** What every service reads from the environment. A service's own schema spreads these properties. */
export const kitConfigSchema = Type.Object({
  NODE_ENV: Type.Enum(['development', 'production', 'test'], {
    default: 'development',
    description:
      'production refuses everything made for development: its token issuer, its certificate authority, generated keys',
  }),
  PORT: Type.Integer({ minimum: 0, maximum: 65_535, description: 'Port to listen on' }),
  HOST: Type.String({
    default: 'localhost',
    description: 'Address to listen on; 0.0.0.0 in a container',
  }),
  PUBLIC_URL: Type.Optional(
    Type.String({
      pattern: '^https?://[^/?#]+(/[^?#]*[^/?#])?$',
      expected: 'an http or https URL without a trailing slash',
      description:
        'Where others reach the service, without a trailing slash. Default: http://localhost:PORT',
    }),
  ),
  DATABASE_URL: Type.Optional(
    Type.String({
      pattern: '^postgres(ql)?://',
      expected: 'a postgres:// URL',
      description: 'PostgreSQL. Default: an embedded one below DATA_DIR',
    }),
  ),
  DATABASE_POOL: Type.Integer({
    default: 10,
    minimum: 1,
    maximum: 200,
    description: 'Most database connections',
  }),
  DATA_DIR: Type.String({
    default: '.data',
    description: 'Development keys and the embedded database lie here',
  }),
  AUTH_ISSUERS: listOf(issuerPattern, {
    expected: 'http or https URLs, comma-separated',
    description:
      'Comma-separated issuers of access tokens (RFC 9068). Default: the development token issuer; required in production',
  }),
  AUTH_AUDIENCE: Type.Optional(
    Type.String({ description: 'Audience that access tokens must name. Default: PUBLIC_URL' }),
  ),
  KEY_ENCRYPTION_KEY: Type.Optional(
    Type.String({
      pattern: `^${keyPattern}$`,
      expected: '32 bytes in base64url',
      description:
        'Wraps all keys at rest: 32 random bytes in base64url. Default: made once below DATA_DIR; required in production',
    }),
  ),
  RETIRED_KEY_ENCRYPTION_KEYS: listOf(keyPattern, {
    expected: 'keys of 32 bytes in base64url, comma-separated',
    description: 'Comma-separated earlier keys, which still open what they sealed',
  }),
  ISSUING_CA_CERTIFICATE_FILE: Type.Optional(
    Type.String({
      description:
        'PEM file of the certificate authority that certifies our keys; required in production',
    }),
  ),
  ISSUING_CA_KEY_FILE: Type.Optional(
    Type.String({ description: 'PEM file of its private key; required in production' }),
  ),
  TRUST_ANCHORS_FILE: Type.Optional(
    Type.String({
      description: 'PEM bundle of trusted roots; in development they join the development root',
    }),
  ),
  OUTBOUND_ALLOW: listOf(allowedPattern, {
    expected: 'origins, hosts or loopback, comma-separated',
    description:
      'Comma-separated origins or hosts that may be called besides public https; `loopback` for this machine (the default in development)',
  }),
  RATE_LIMIT_PER_MINUTE: Type.Integer({
    default: 1_200,
    minimum: 0,
    description:
      'Requests per client address and minute; 0 leaves limiting to the gateway in front',
  }),
  TRUST_PROXY: Type.Boolean({
    default: false,
    description: 'Believe X-Forwarded-* of a proxy in front',
  }),
  MAX_BODY_BYTES: Type.Integer({
    default: 524_288,
    minimum: 1_024,
    maximum: 104_857_600,
    description: 'Largest request body',
  }),
  LOG_LEVEL: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    default: 'info',
    description: 'Least level that is logged',
  }),
})

export type KitConfig = Static<typeof kitConfigSchema>

/** A configuration whose public address is known. */
export type ServiceConfig = KitConfig & { readonly PUBLIC_URL: string }
