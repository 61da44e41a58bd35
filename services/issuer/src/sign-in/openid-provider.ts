import type { Outbound } from '@mikromerit/service-kit'
import * as openid from 'openid-client'
import type { OpenedProvider } from './providers.ts'

/** What ties the answer of a provider to our question (OpenID Connect Core 3.1.2.1, RFC 7636). */
export interface SignInSecrets {
  readonly nonce: string
  readonly codeVerifier: string
}

export const newSignInSecrets = (): SignInSecrets => ({
  nonce: openid.randomNonce(),
  codeVerifier: openid.randomPKCECodeVerifier(),
})

/** Where the learner is sent to sign in. Throws when the provider cannot be reached or is not what it says. */
export async function buildSignInUrl(
  outbound: Outbound,
  provider: OpenedProvider,
  { nonce, codeVerifier }: SignInSecrets,
  { state, redirectUri }: { state: string; redirectUri: string },
): Promise<URL> {
  return openid.buildAuthorizationUrl(await discover(outbound, provider), {
    redirect_uri: redirectUri,
    scope: ['openid', ...(provider.scopes ?? [])].join(' '),
    state,
    nonce,
    code_challenge: await openid.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
  })
}

/** The claims of whoever signed in. Throws when the answer is not one to our question. */
export async function readSignedIn(
  outbound: Outbound,
  provider: OpenedProvider,
  { nonce, codeVerifier }: SignInSecrets,
  { state, callback }: { state: string; callback: URL },
): Promise<Readonly<Record<string, unknown>>> {
  const answer = await openid.authorizationCodeGrant(await discover(outbound, provider), callback, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: codeVerifier,
    idTokenExpected: true,
  })
  return answer.claims() ?? {}
}

const discover = (outbound: Outbound, { issuer, clientId, clientSecret }: OpenedProvider) =>
  openid.discovery(new URL(issuer), clientId, undefined, authenticateAs(clientSecret), {
    // Whether plain http may be spoken, and to whom, is the guarded client's decision (S-20).
    execute: [openid.allowInsecureRequests],
    [openid.customFetch]: (url, { body, ...options }) =>
      outbound.fetch(url, { ...options, ...(body != null && { body }) }),
  })

/** By the header, which every provider must know, unless it says it takes the body alone. */
function authenticateAs(secret: string | undefined): openid.ClientAuth {
  if (secret === undefined) return openid.None()
  const [basic, post] = [openid.ClientSecretBasic(secret), openid.ClientSecretPost(secret)]
  return (server, ...request) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    return (methods.includes('client_secret_basic') ? basic : post)(server, ...request)
  }
}
