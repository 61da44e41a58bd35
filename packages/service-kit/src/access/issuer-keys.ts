import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose'

export type Fetch = typeof fetch

const cacheMilliseconds = 10 * 60 * 1_000
const cooldownMilliseconds = 30_000

/**
 * The keys of an OAuth issuer, found by its metadata (RFC 8414, or OpenID Connect Discovery) at first use.
 * An unknown `kid` makes them be fetched again, at most once per cool-down (S-07).
 */
export function discoverIssuerKeys(issuer: string, fetchDocument: Fetch): JWTVerifyGetKey {
  let keys: Promise<JWTVerifyGetKey> | undefined
  return async (header, token) => {
    keys ??= readKeys(issuer, fetchDocument)
    try {
      return await (await keys)(header, token)
    } catch (error) {
      if (error instanceof DiscoveryError) keys = undefined
      throw error
    }
  }
}

/** An issuer could not be asked for its keys: an outage, not a bad token. */
export class DiscoveryError extends Error {
  override readonly name = 'DiscoveryError'
}

async function readKeys(issuer: string, fetchDocument: Fetch): Promise<JWTVerifyGetKey> {
  for (const url of metadataUrls(issuer)) {
    const metadata = await readMetadata(url, fetchDocument)
    // RFC 8414 3.3: a document that names another issuer is not this issuer's.
    if (metadata?.issuer !== issuer || typeof metadata.jwks_uri !== 'string') continue
    return createRemoteJWKSet(new URL(metadata.jwks_uri), {
      cacheMaxAge: cacheMilliseconds,
      cooldownDuration: cooldownMilliseconds,
      [customFetch]: (target, options) => fetchDocument(target, options as RequestInit),
    })
  }
  throw new DiscoveryError('The access token issuer publishes no usable metadata')
}

function metadataUrls(issuer: string): string[] {
  const { origin, pathname } = new URL(issuer)
  const path = pathname.replace(/\/$/, '')
  return [
    `${origin}/.well-known/oauth-authorization-server${path}`,
    `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
  ]
}

async function readMetadata(url: string, fetchDocument: Fetch) {
  try {
    const response = await fetchDocument(url, { headers: { accept: 'application/json' } })
    return response.ok ? ((await response.json()) as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
