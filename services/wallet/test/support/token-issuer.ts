import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { exportJWK, SignJWT } from 'jose'
import { serve } from './http-server.ts'

/** An OAuth authorization server as production has one: RFC 8414 metadata, a JWKS, RFC 9068 tokens. */
export async function startTokenIssuer(audience: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' }
  const server = await serve(({ path }) => {
    if (path === '/.well-known/oauth-authorization-server')
      return { body: { issuer: server.origin, jwks_uri: `${server.origin}/jwks` } }
    return path === '/jwks' ? { body: { keys: [jwk] } } : { status: 404, body: {} }
  })
  return {
    origin: server.origin,
    sign: (subject: string): Promise<string> =>
      new SignJWT({ scope: 'wallet', client_id: 'learner-app' })
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'k1' })
        .setIssuer(server.origin)
        .setAudience(audience)
        .setSubject(subject)
        .setJti(randomUUID())
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(privateKey),
    close: server.close,
  }
}
