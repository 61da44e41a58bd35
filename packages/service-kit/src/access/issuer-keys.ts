import { parseJsonObject } from '@mikromerit/credentials'
import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose'
import type { Clock } from '../clock.ts'

export type Fetch = typeof fetch

export interface IssuerDocuments {
  /** How documents are fetched: the guarded client. */
  readonly fetch: Fetch
  readonly clock: Clock
}

const cacheMilliseconds = 10 * 60 * 1_000
const coolDownMilliseconds = 30_000
const retryMilliseconds = 5_000

/**
 * The keys of an OAuth issuer, found by its metadata (RFC 8414, or OpenID Connect Discovery) at first use.
 * An unknown `kid` makes them be fetched again, at most once per cool-down (S-07).
 */
export function discoverIssuerKeys(
  issuer: string,
  { fetch, clock }: IssuerDocuments,
): JWTVerifyGetKey {
  const attempt = sparingly(clock)
  const fetchKeySet: Fetch = (target, options) =>
    attempt(async () => {
      const response = await fetch(target, options)
      if (!response.ok) throw new Error('The key set is answered with an error')
      return response
    })
  let keys: Promise<JWTVerifyGetKey> | undefined
  return async (header, token) => {
    keys ??= attempt(() => findKeySet(issuer, fetch, fetchKeySet))
    const findKey = await keys.catch((error: unknown) => {
      keys = undefined
      throw error
    })
    return findKey(header, token)
  }
}

/** An issuer could not be asked for its keys: an outage, not a bad token. */
export class DiscoveryError extends Error {
  override readonly name = 'DiscoveryError'
}

/** An issuer that did not answer is left alone for a moment, however many tokens name it. */
function sparingly(clock: Clock) {
  let retryAt = 0
  return async <T>(ask: () => Promise<T>): Promise<T> => {
    const now = clock.now().getTime()
    if (now < retryAt) throw new DiscoveryError('The access token issuer did not answer just now')
    try {
      return await ask()
    } catch (cause) {
      retryAt = now + retryMilliseconds
      throw new DiscoveryError('The access token issuer cannot be asked', { cause })
    }
  }
}

async function findKeySet(
  issuer: string,
  fetch: Fetch,
  fetchKeySet: Fetch,
): Promise<JWTVerifyGetKey> {
  for (const url of metadataUrls(issuer)) {
    const metadata = await readMetadata(url, fetch)
    // RFC 8414 3.3: a document that names another issuer is not this issuer's.
    if (metadata?.issuer !== issuer || typeof metadata.jwks_uri !== 'string') continue
    return createRemoteJWKSet(new URL(metadata.jwks_uri), {
      cacheMaxAge: cacheMilliseconds,
      cooldownDuration: coolDownMilliseconds,
      // jose names the options of fetch by a type of its own.
      [customFetch]: (target, options) => fetchKeySet(target, options as RequestInit),
    })
  }
  throw new Error('The access token issuer publishes no usable metadata')
}

function metadataUrls(issuer: string): string[] {
  const { origin, pathname } = new URL(issuer)
  const path = pathname.replace(/\/$/, '')
  return [
    `${origin}/.well-known/oauth-authorization-server${path}`,
    `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
  ]
}

async function readMetadata(url: string, fetch: Fetch) {
  const response = await fetch(url, { headers: { accept: 'application/json' } })
  const parsed = response.ok ? parseJsonObject(await response.text()) : undefined
  return parsed?.ok ? parsed.value : undefined
}
