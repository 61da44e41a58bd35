import { isObject, parseJson } from '@mikromerit/credentials'
import {
  type Clock,
  type Outbound,
  type openDevelopmentTokenIssuer,
  Problem,
} from '@mikromerit/service-kit'
import type { IssuerConfig } from '../config.ts'

/** Access tokens for calling the verifier on behalf of an organisation. */
export interface TokenSource {
  /** @throws Problem verifier-unavailable */
  get(organisation: string, scope: string): Promise<string>
}

/** A token is renewed so long before it expires. */
const marginMs = 30_000
const maxKept = 1_000

/**
 * From the token endpoint of the configuration (OAuth 2.0 client credentials, RFC 6749 4.4); without one, outside
 * production, from the development token issuer that all services of one machine trust.
 */
export function createTokenSource(
  { config, outbound, clock }: { config: IssuerConfig; outbound: Outbound; clock: Clock },
  openDevelopmentIssuer: typeof openDevelopmentTokenIssuer,
): TokenSource {
  const endpoint = config.VERIFIER_TOKEN_ENDPOINT
  if (endpoint === undefined) {
    let opened: ReturnType<typeof openDevelopmentIssuer> | undefined
    return {
      get: async (organisation, scope) => {
        if (config.NODE_ENV === 'production') throw new Problem('verifier-unavailable')
        // Opened when it is first needed: who never asks a verifier needs no development key.
        opened ??= openDevelopmentIssuer(config.DATA_DIR)
        return (await opened).sign({ scope, organisation, subject: 'issuer', expiresIn: 300 })
      },
    }
  }
  const kept = new Map<string, { readonly token: string; readonly until: number }>()
  return {
    get: async (organisation, scope) => {
      const known = kept.get(organisation)
      if (known && known.until > clock.now().getTime()) return known.token
      const { token, seconds } = await fetchToken(outbound, config, endpoint, {
        organisation,
        scope,
      })
      const until = clock.now().getTime() + seconds * 1_000 - marginMs
      if (kept.size >= maxKept) kept.clear()
      kept.set(organisation, { token, until })
      return token
    },
  }
}

async function fetchToken(
  outbound: Outbound,
  { VERIFIER_CLIENT_ID: id = '', VERIFIER_CLIENT_SECRET: secret = '', VERIFIER_URL }: IssuerConfig,
  endpoint: string,
  { organisation, scope }: { readonly organisation: string; readonly scope: string },
) {
  // RFC 6749 2.3.1: both halves are form-encoded before they are joined.
  const basic = Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`)
  const answer = await outbound.postForm(
    endpoint,
    { grant_type: 'client_credentials', scope, resource: VERIFIER_URL, organisation },
    {
      accept: 'application/json',
      headers: { authorization: `Basic ${basic.toString('base64')}` },
    },
  )
  const parsed = answer.ok ? parseJson(answer.value.body) : answer
  const { access_token: token, expires_in: seconds } =
    parsed.ok && isObject(parsed.value) ? parsed.value : {}
  if (typeof token !== 'string') throw new Problem('verifier-unavailable')
  return { token, seconds: typeof seconds === 'number' && seconds > 0 ? seconds : 60 }
}
