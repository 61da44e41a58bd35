import {
  createLocalJWKSet,
  decodeJwt,
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

const algorithms = ['ES256', 'ES384', 'EdDSA', 'PS256', 'RS256']

/** Verifies RFC 9068 access tokens from the configured issuers, or from the development token issuer. */
export async function createAccessTokenVerifier(
  options: AccessTokenVerifierOptions,
): Promise<AccessTokenVerifier> {
  const issuers = await findTrustedIssuers(options)
  return {
    verify: async (token) => {
      const issuer = issuers.get(readIssuer(token))
      if (!issuer) throw refuse('The token’s issuer is not trusted here.')
      try {
        const { payload } = await jwtVerify(token, issuer.keys, {
          algorithms,
          typ: 'at+jwt',
          audience: issuer.audience,
          currentDate: options.clock.now(),
          requiredClaims: ['sub', 'exp', 'iat'],
          clockTolerance: 5,
        })
        return toAccess(payload)
      } catch (error) {
        if (error instanceof DiscoveryError) throw new Problem('unavailable', { cause: error })
        throw refuse(describeRefusal(error))
      }
    },
  }
}

async function findTrustedIssuers({ config, fetch }: AccessTokenVerifierOptions) {
  const names = (config.AUTH_ISSUERS ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
  if (names.length > 0) {
    const audience = config.AUTH_AUDIENCE ?? config.PUBLIC_URL
    return new Map<string, TrustedIssuer>(
      names.map((name) => [name, { keys: discoverIssuerKeys(name, fetch), audience }]),
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
  const { code, claim } = error as { code?: string; claim?: string }
  if (code === 'ERR_JWT_EXPIRED') return 'The token has expired.'
  if (code === 'ERR_JWT_CLAIM_VALIDATION_FAILED')
    return `The token’s ${claim ?? 'claims'} are not what is expected here.`
  return 'The token’s signature or form is not accepted.'
}

const refuse = (detail: string) =>
  new Problem('unauthorized', {
    detail,
    headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
  })
