import { createPrivateKey, generateKeyPairSync, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { calculateJwkThumbprint, exportJWK, type JSONWebKeySet, SignJWT } from 'jose'
import { createFileOnce, readFileIfThere } from '../protection/private-file.ts'

export const developmentIssuer = 'urn:mikromerit:development'
export const developmentAudience = 'mikromerit'

export interface DevelopmentTokenRequest {
  /** Space-separated, as in OAuth. */
  readonly scope: string
  readonly organisation?: string
  /** Default: `developer`. */
  readonly subject?: string
  /** Seconds. Default: an hour. */
  readonly expiresIn?: number
}

export interface DevelopmentTokenIssuer {
  readonly jwks: JSONWebKeySet
  sign(request: DevelopmentTokenRequest): Promise<string>
}

/**
 * The issuer of access tokens for development. Its key lies in `DATA_DIR/development`, made by whoever
 * comes first; services trust it only outside production and without `AUTH_ISSUERS`.
 */
export async function openDevelopmentTokenIssuer(dataDir: string): Promise<DevelopmentTokenIssuer> {
  const path = join(dataDir, 'development', 'token-issuer.pem')
  const privateKey = createPrivateKey(readFileIfThere(path) ?? createFileOnce(path, makeKey()))
  const { kty, crv, x, y } = await exportJWK(privateKey)
  const jwk = { kty: kty ?? 'EC', ...(crv && { crv }), ...(x && { x }), ...(y && { y }) }
  const kid = await calculateJwkThumbprint(jwk)
  return {
    jwks: { keys: [{ ...jwk, kid, alg: 'ES256', use: 'sig' }] },
    sign: ({ scope, organisation, subject = 'developer', expiresIn = 3_600 }) =>
      new SignJWT({ scope, client_id: 'mikromerit-cli', ...(organisation && { organisation }) })
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid })
        .setIssuer(developmentIssuer)
        .setAudience(developmentAudience)
        .setSubject(subject)
        .setJti(randomUUID())
        .setIssuedAt()
        .setExpirationTime(Math.floor(Date.now() / 1_000) + expiresIn)
        .sign(privateKey),
  }
}

const makeKey = () =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ format: 'pem', type: 'pkcs8' })
    .toString()
