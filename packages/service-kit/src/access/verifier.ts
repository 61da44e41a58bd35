import {
  createLocalJWKSet,
  decodeJwt,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose'
import type { Clock } from '../clock.ts'
import { Problem } from '../problems/problem.ts'
import type { Access } from './access.ts'
import {
  developmentAudience,
  developmentIssuer,
  openDevelopmentTokenIssuer,
} from './development-token-issuer.ts'
import { DiscoveryError, discoverIssuerKeys, type Fetch } from './issuer-keys.ts'
import { rememberTokens, type VerifiedToken } from './remembered-tokens.ts'

/** Tells what an access token allows. */
export interface AccessTokenVerifier {
  /** @throws Problem `unauthorized` for a token that is not good, `unavailable` when its issuer cannot be asked. */
  verify(token: string): Promise<Access>
}

export interface AccessConfig {
  readonly NODE_ENV?: string | undefined
  readonly DATA_DIR: string
  readonly PUBLIC_URL: string
  readonly AUTH_ISSUERS?: string | undefined
  readonly AUTH_AUDIENCE?: string | undefined
}

export interface AccessTokenVerifierOptions {
  readonly config: AccessConfig
  readonly clock: Clock
  /** How issuers' metadata is fetched: the guarded client. */
  readonly fetch: Fetch
}

interface TrustedIssuer {
  readonly keys: JWTVerifyGetKey
  readonly audience: string
}

const mostCandidates = 8
const algorithms = ['ES256', 'ES384', 'EdDSA', 'PS256', 'RS256']

/** Verifies RFC 9068 access tokens from the configured issuers, or from the development token issuer. */
export async function createAccessTokenVerifier(
  options: AccessTokenVerifierOptions,
): Promise<AccessTokenVerifier> {
  const issuers = await findTrustedIssuers(options)
  const verifyAnew = async (token: string): Promise<VerifiedToken> => {
    const issuer = issuers.get(readIssuer(token))
    if (!issuer) throw refuse('The token’s issuer is not trusted here.')
    try {
      const payload = await verifyToken(token, issuer, options.clock.now())
      return { access: toAccess(payload), expiresAt: new Date((payload.exp ?? 0) * 1_000) }
    } catch (error) {
      if (!isOutage(error)) throw refuse(describeRefusal(error))
      throw new Problem('unavailable', { cause: error, headers: { 'retry-after': '5' } })
    }
  }
  return { verify: rememberTokens(verifyAnew, options.clock) }
}

/** RFC 9068 section 4, by a key of the issuer; a key set may hold several of the same name (S-06). */
async function verifyToken(
  token: string,
  { keys, audience }: TrustedIssuer,
  currentDate: Date,
): Promise<JWTPayload> {
  const options = {
    algorithms,
    typ: 'at+jwt',
    audience,
    currentDate,
    requiredClaims: ['sub', 'exp', 'iat'],
    clockTolerance: 5,
  }
  try {
    return (await jwtVerify(token, keys, options)).payload
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error
    const candidates: CryptoKey[] = []
    for await (const key of error) candidates.push(key)
    const attempts = candidates
      .slice(0, mostCandidates)
      .map((key) => jwtVerify(token, key, options))
    return (await Promise.any(attempts)).payload
  }
}

/** The issuer's keys cannot be had: nothing is wrong with the token. */
const isOutage = (error: unknown): boolean =>
  error instanceof DiscoveryError ||
  error instanceof errors.JWKSInvalid ||
  error instanceof errors.JWKSTimeout ||
  // What jose throws for a key set that is no JSON.
  (error instanceof errors.JOSEError && error.code === errors.JOSEError.code)

async function findTrustedIssuers({ config, fetch, clock }: AccessTokenVerifierOptions) {
  const names = (config.AUTH_ISSUERS ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
  if (names.length > 0) {
    const audience = config.AUTH_AUDIENCE ?? config.PUBLIC_URL
    const documents = { fetch, clock }
    return new Map<string, TrustedIssuer>(
      names.map((name) => [name, { keys: discoverIssuerKeys(name, documents), audience }]),
    )
  }
  if (config.NODE_ENV === 'production') throw new Error('AUTH_ISSUERS must be set in production')
  const { jwks } = await openDevelopmentTokenIssuer(config.DATA_DIR)
  const keys: JWTVerifyGetKey = createLocalJWKSet(jwks)
  return new Map<string, TrustedIssuer>([
    [developmentIssuer, { keys, audience: developmentAudience }],
  ])
}

/** Which issuer's keys to try; believed only once one of them has verified the token. */
function readIssuer(token: string): string {
  try {
    return decodeJwt(token).iss ?? ''
  } catch {
    throw refuse('The token is not a JWT.')
  }
}

function toAccess({ sub, client_id, organisation, scope }: JWTPayload): Access {
  const scopes = typeof scope === 'string' ? scope.split(' ').filter(Boolean) : []
  return {
    subject: sub ?? '',
    ...(typeof client_id === 'string' && { clientId: client_id }),
    ...(typeof organisation === 'string' && { organisation }),
    scopes: new Set(scopes),
  }
}

function describeRefusal(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired.'
  if (error instanceof errors.JWTClaimValidationFailed)
    return `The token’s ${error.claim} claim is not what is expected here.`
  return 'The token’s signature or form is not accepted.'
}

const refuse = (detail: string) =>
  new Problem('unauthorized', {
    detail,
    headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
  })
