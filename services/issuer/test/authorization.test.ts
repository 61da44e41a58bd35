import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectOAuthError, expectProblem, unchanged } from './expectations.ts'
import { signIn, startSignInProvider } from './sign-in-provider.ts'
import { type Answer, issuerUrl, startIssuer, type TestIssuer } from './support.ts'

const identifier = `${issuerUrl}/ri-se`
const redirectUri = 'https://wallet.example.org/callback'
const clientId = 'example-wallet'
const configurationId = 'MicroCredential_sd_jwt_vc'
const learner = 'alva@example.org'
const wallet = {
  displayName: { sv: 'Exempelplånboken', en: 'The example wallet' },
  redirectUris: [redirectUri],
}

let issuer: TestIssuer
let provider: Awaited<ReturnType<typeof startSignInProvider>>
const signInAt = (changes: object = {}) => ({
  issuer: provider.url,
  clientId: 'mikromerit',
  clientSecret: 'a-secret',
  learnerClaim: { claim: 'sub', field: 'externalId' },
  ...changes,
})
beforeAll(async () => {
  issuer = await startIssuer({ organisations: ['ri-se', 'other'] })
  provider = await startSignInProvider(`${issuerUrl}/sign-in/callback`)
  for (const organisation of ['ri-se', 'other']) {
    const admin = issuer.as(organisation, 'organisations:write')
    await admin.put('/sign-in', signInAt())
    await admin.put(`/clients/${clientId}`, wallet)
  }
  // The first credential opens the status list; refusals after it change nothing.
  const { offer } = await issuer.givenAward()
  await issuer.wallet().accept(offer)
})
afterAll(async () => {
  await issuer.close()
  await provider.close()
})

const post = (path: string, form: Record<string, string>, headers = {}) =>
  issuer.send('POST', path, {
    body: new URLSearchParams(form).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  })
const pathOf = (url: string) => url.slice(issuerUrl.length)
const cookieOf = (response: Answer) => String(response.headers['set-cookie']).split(';', 1)[0] ?? ''

async function anOffer() {
  const { offer } = await issuer.givenAward({
    offer: { grants: ['authorization_code'] },
    draft: { learner: { givenName: 'Alva', familyName: 'Exempelsson', externalId: learner } },
  })
  return {
    issuerState: String(offer.credentialOffer.grants.authorization_code?.issuer_state),
    offer,
  }
}

async function aRequest(changes: Record<string, string> = {}) {
  const verifier = randomBytes(32).toString('base64url')
  const { issuerState } = await anOffer()
  const form = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    state: 'the wallet’s own',
    scope: 'urn:eu.europa.ec.eudi:learning:credential:1:sd_jwt_vc',
    issuer_state: issuerState,
    ...changes,
  }
  return { verifier, form }
}

async function pushed(changes: Record<string, string> = {}) {
  const { verifier, form } = await aRequest(changes)
  const response = await post('/ri-se/par', form)
  const query = new URLSearchParams({
    client_id: clientId,
    request_uri: response.json().request_uri,
  })
  return { verifier, response, authorizeUrl: `/ri-se/authorize?${query}` }
}

/** As far as the page on which the learner decides, or the answer the wallet gets instead. */
async function signedIn(as = learner, changes: Record<string, string> = {}) {
  const { verifier, authorizeUrl } = await pushed(changes)
  const begun = await issuer.send('GET', authorizeUrl)
  const cookie = cookieOf(begun)
  const callback = pathOf(await signIn(String(begun.headers.location), as))
  const page = await issuer.send('GET', callback, { headers: { cookie } })
  const [, form = ''] = /name="form" value="([^"]+)"/.exec(page.body) ?? []
  return { verifier, cookie, callback, page, form }
}

async function aCode(changes: Record<string, string> = {}) {
  const { verifier, cookie, form } = await signedIn(learner, changes)
  const decided = await decide(form, cookie)
  const answer = new URL(String(decided.headers.location)).searchParams
  return { verifier, answer, code: answer.get('code') ?? '' }
}

const decide = (form: string, cookie: string, decision = 'accept', headers = {}) =>
  post('/ri-se/authorize/decision', { form, decision }, { cookie, ...headers })

const exchange = (code: string, verifier: string, changes: Record<string, string> = {}) =>
  post('/ri-se/token', {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    client_id: clientId,
    code_verifier: verifier,
    ...changes,
  })
const refresh = (token: string, changes: Record<string, string> = {}) =>
  post('/ri-se/token', {
    grant_type: 'refresh_token',
    refresh_token: token,
    client_id: clientId,
    ...changes,
  })

async function granted() {
  const { verifier, code } = await aCode()
  return { verifier, code, tokens: (await exchange(code, verifier)).json() }
}

async function fetchWith(tokens: {
  access_token: string
  authorization_details: [{ credential_identifiers: [string] }]
}) {
  const own = issuer.wallet()
  const proof = await own.makeProof({ nonce: await own.freshNonce() })
  return own.requestCredential(tokens.access_token, {
    credential_identifier: tokens.authorization_details[0].credential_identifiers[0],
    proofs: { jwt: [proof] },
  })
}

const answerOf = (response: Answer) => {
  expect(response.statusCode).toBe(303)
  const url = new URL(String(response.headers.location))
  expect(`${url.origin}${url.pathname}`).toBe(redirectUri)
  return Object.fromEntries(url.searchParams)
}
const expectPage = (response: Answer, status = 400) => {
  expect(response.statusCode).toBe(status)
  expect(response.headers['content-type']).toContain('text/html')
  expect(response.headers.location).toBeUndefined()
}

describe('the authorization code flow', () => {
  it('leads from an offer over sign-in to a credential (I-16, I-19, I-21, I-22)', async () => {
    const { response, authorizeUrl, verifier } = await pushed()
    expect([response.statusCode, response.headers['cache-control']]).toEqual([201, 'no-store'])
    expect(response.json()).toEqual({
      request_uri: expect.stringMatching(/^urn:ietf:params:oauth:request_uri:[\w-]{43,}$/),
      expires_in: 90,
    })
    const begun = await issuer.send('GET', authorizeUrl)
    const asked = new URL(String(begun.headers.location))
    expect(asked.origin).toBe(provider.url)
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      code_challenge_method: 'S256',
      nonce: expect.any(String),
      state: expect.any(String),
    })
    const cookie = cookieOf(begun)
    const callback = pathOf(await signIn(asked.href, learner))
    const page = await issuer.send('GET', callback, {
      headers: { cookie, 'accept-language': 'sv' },
    })
    expect(page.statusCode).toBe(200)
    expect(page.body).toContain('Exempelplånboken ber att få hämta')
    const [, form = ''] = /name="form" value="([^"]+)"/.exec(page.body) ?? []
    const { code = '', ...answer } = answerOf(await decide(form, cookie))
    expect(answer).toEqual({ state: 'the wallet’s own', iss: identifier })
    const tokens = await exchange(code, verifier)
    expect(tokens.json()).toMatchObject({
      token_type: 'Bearer',
      expires_in: 300,
      refresh_token: expect.any(String),
      authorization_details: [
        {
          credential_configuration_id: configurationId,
          credential_identifiers: [expect.any(String)],
        },
      ],
    })
    expect((await fetchWith(tokens.json())).statusCode).toBe(200)
  })

  it('is told in metadata where learners can sign in, and only there (I-06, I-20, I-21)', async () => {
    const read = async () =>
      (await issuer.send('GET', '/.well-known/oauth-authorization-server/ri-se')).json()
    expect(await read()).toMatchObject({
      pushed_authorization_request_endpoint: `${identifier}/par`,
      authorization_endpoint: `${identifier}/authorize`,
      require_pushed_authorization_requests: true,
      authorization_response_iss_parameter_supported: true,
      code_challenge_methods_supported: ['S256'],
      response_types_supported: ['code'],
    })
  })

  it('offers by the grants that were asked for', async () => {
    const { offer } = await anOffer()
    expect(Object.keys(offer.credentialOffer.grants)).toEqual(['authorization_code'])
  })
})

describe('the pushed request', () => {
  const refusals: [string, number, string, Record<string, string>][] = [
    ['a request_uri (I-19)', 400, 'invalid_request', { request_uri: 'urn:x' }],
    ['a request object', 400, 'request_not_supported', { request: 'x' }],
    ['an unregistered client (I-19)', 401, 'invalid_client', { client_id: 'nobody' }],
    [
      'a redirect URI that differs (I-20)',
      400,
      'invalid_request',
      { redirect_uri: `${redirectUri}/` },
    ],
    ['PKCE in plain (I-21)', 400, 'invalid_request', { code_challenge_method: 'plain' }],
    ['no challenge (I-21)', 400, 'invalid_request', { code_challenge: '' }],
    ['another response type', 400, 'unsupported_response_type', { response_type: 'token' }],
    ['an unknown scope', 400, 'invalid_scope', { scope: 'openid' }],
    ['no scope', 400, 'invalid_request', { scope: '' }],
    ['malformed details', 400, 'invalid_authorization_details', { authorization_details: '{' }],
  ]
  it.each(refusals)('is refused with %s', async (_, status, error, changes) => {
    const { form } = await aRequest(changes)
    const response = await unchanged(issuer, () => post('/ri-se/par', form))
    expectOAuthError(response, status, error)
  })

  it('works once, for its client, for ninety seconds (I-19)', async () => {
    const { authorizeUrl } = await pushed()
    const foreign = authorizeUrl.replace(clientId, 'another')
    expectPage(await unchanged(issuer, () => issuer.send('GET', foreign)))
    expectPage(
      await unchanged(issuer, () => issuer.send('GET', authorizeUrl.replace('ri-se', 'other'))),
    )
    expect((await issuer.send('GET', authorizeUrl)).statusCode).toBe(303)
    expectPage(await unchanged(issuer, () => issuer.send('GET', authorizeUrl)))
    const late = await pushed()
    issuer.clock.advance(91)
    expectPage(await unchanged(issuer, () => issuer.send('GET', late.authorizeUrl)))
  })

  it('is needed: without it the wallet is told where it is registered, nobody is elsewhere (I-20)', async () => {
    const ask = (uri: string) =>
      unchanged(issuer, () =>
        issuer.send(
          'GET',
          `/ri-se/authorize?${new URLSearchParams({ client_id: clientId, redirect_uri: uri, state: 's' })}`,
        ),
      )
    expect(answerOf(await ask(redirectUri))).toEqual({
      error: 'invalid_request',
      state: 's',
      iss: identifier,
    })
    expectPage(await ask('https://evil.example.org/callback'))
    expectPage(await ask(`${redirectUri}?x`))
  })
})

describe('the sign-in', () => {
  it('of another learner gets nothing of the offer (I-22)', async () => {
    const { page } = await signedIn('eve@example.org')
    expect(answerOf(page)).toMatchObject({ error: 'access_denied', iss: identifier })
  })

  it('without, or with a made-up, issuer_state gets nothing (I-22)', async () => {
    for (const issuer_state of ['', 'A'.repeat(54)]) {
      const { page } = await signedIn(learner, { issuer_state })
      expect(answerOf(page)).toMatchObject({ error: 'access_denied' })
    }
  })

  it('goes on only in the browser that began it, and once (S-01, S-16)', async () => {
    const { authorizeUrl } = await pushed()
    const begun = await issuer.send('GET', authorizeUrl)
    const callback = pathOf(await signIn(String(begun.headers.location), learner))
    const foreign = cookieOf(await issuer.send('GET', (await pushed()).authorizeUrl))
    for (const cookie of ['', foreign])
      expectPage(
        await unchanged(issuer, () => issuer.send('GET', callback, { headers: { cookie } })),
      )
    const headers = { cookie: cookieOf(begun) }
    expect((await issuer.send('GET', callback, { headers })).statusCode).toBe(200)
    expectPage(await unchanged(issuer, () => issuer.send('GET', callback, { headers })))
  })

  it('by a mail address counts only when that is verified', async () => {
    const admin = issuer.as('ri-se', 'organisations:write')
    const learnerClaim = { claim: 'email', field: 'email' }
    await admin.put('/sign-in', signInAt({ scopes: ['email'], learnerClaim }))
    const attempt = async (email: string) => {
      const { offer } = await issuer.givenAward({
        offer: { grants: ['authorization_code'] },
        draft: { learner: { givenName: 'Alva', familyName: 'Exempelsson', email } },
      })
      const { authorization_code: grant } = offer.credentialOffer.grants
      return (await signedIn(email, { issuer_state: String(grant?.issuer_state) })).page
    }
    try {
      expect((await attempt(learner)).statusCode).toBe(200)
      expect(answerOf(await attempt('unverified@example.org'))).toMatchObject({
        error: 'access_denied',
      })
    } finally {
      await admin.put('/sign-in', signInAt())
    }
  })
})

describe('the decision', () => {
  it('is taken from our own page, in its browser, once (S-27)', async () => {
    const { form, cookie, page } = await signedIn()
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'")
    const foreign = { 'sec-fetch-site': 'cross-site' }
    for (const attempt of [
      () => decide(form, ''),
      () => decide('A'.repeat(54), cookie),
      () => decide(form, cookie, 'accept', foreign),
    ])
      expectPage(await unchanged(issuer, attempt))
    expect(answerOf(await decide(form, cookie))).toHaveProperty('code')
    expectPage(await unchanged(issuer, () => decide(form, cookie)))
  })

  it('is about what will be given, not about all that was asked for', async () => {
    const { offer } = await issuer.givenAward({
      offer: { grants: ['authorization_code'], formats: ['sd_jwt_vc'] },
      draft: { learner: { givenName: 'Alva', familyName: 'Exempelsson', externalId: learner } },
    })
    const metadata = await issuer.send('GET', '/.well-known/openid-credential-issuer/ri-se')
    const { credential_configurations_supported: configurations } = metadata.json()
    const scope = [configurationId, 'MicroCredential_open_badge']
      .map((id) => configurations[id].scope)
      .join(' ')
    const { page } = await signedIn(learner, {
      scope,
      issuer_state: String(offer.credentialOffer.grants.authorization_code?.issuer_state),
    })
    expect(page.statusCode).toBe(200)
    expect(page.body.match(/<li>/g)).toHaveLength(1)
  })

  it('shows what a wallet is called as text, whatever it is called (S-27, S-32)', async () => {
    const hostile = `<img src=x onerror="alert(1)">'&`
    const admin = issuer.as('ri-se', 'organisations:write')
    await admin.put(`/clients/${clientId}`, {
      ...wallet,
      displayName: { sv: hostile, en: hostile },
    })
    const { page } = await signedIn()
    await admin.put(`/clients/${clientId}`, wallet)
    expect(page.body).not.toContain('<img')
    expect(page.body).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&#39;&amp;')
  })

  it('against it is told to the wallet', async () => {
    const { form, cookie } = await signedIn()
    expect(answerOf(await decide(form, cookie, 'decline'))).toMatchObject({
      error: 'access_denied',
      iss: identifier,
    })
  })
})

describe('an authorization code', () => {
  it.each([
    ['another verifier (I-21)', { code_verifier: 'a'.repeat(43) }],
    ['a verifier that is too short (I-21)', { code_verifier: 'a'.repeat(42) }],
    ['another redirect URI', { redirect_uri: `${redirectUri}x` }],
    ['another client', { client_id: 'another' }],
  ])('is used up by %s', async (_, changes) => {
    const { verifier, code } = await aCode()
    expectOAuthError(await exchange(code, verifier, changes), 400, 'invalid_grant')
    expectOAuthError(await exchange(code, verifier), 400, 'invalid_grant')
  })

  it('is good for a minute (I-21)', async () => {
    const { verifier, code } = await aCode()
    issuer.clock.advance(61)
    const late = await unchanged(issuer, () => exchange(code, verifier))
    expectOAuthError(late, 400, 'invalid_grant')
  })

  it('is good once; a second use takes back what the first got (I-21)', async () => {
    const { verifier, code, tokens } = await granted()
    expectOAuthError(await exchange(code, verifier), 400, 'invalid_grant')
    expectOAuthError(await fetchWith(tokens), 401, 'invalid_token')
    expectOAuthError(await refresh(tokens.refresh_token), 400, 'invalid_grant')
  })

  it('is good once when requests race (I-21, S-01)', async () => {
    const { verifier, code } = await aCode()
    const races = await Promise.all([1, 2, 3].map(() => exchange(code, verifier)))
    expect(races.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1)
  })

  it('may be exchanged for less, not for more (I-18)', async () => {
    const scope =
      'urn:eu.europa.ec.eudi:learning:credential:1:sd_jwt_vc urn:eu.europa.ec.eudi:learning:credential:1:elm'
    const details = (id: string) => ({
      authorization_details: JSON.stringify([
        { type: 'openid_credential', credential_configuration_id: id },
      ]),
    })
    const { verifier, code } = await aCode({ scope })
    const more = () => exchange(code, verifier, details('MicroCredential_open_badge'))
    expectOAuthError(await unchanged(issuer, more), 400, 'invalid_authorization_details')
    const less = (await exchange(code, verifier, details('MicroCredential_elm'))).json()
    expect(less.authorization_details).toHaveLength(1)
    expect(less.authorization_details[0].credential_configuration_id).toBe('MicroCredential_elm')
  })

  it.each(['code', 'redirect_uri', 'client_id', 'code_verifier'])('needs %s', async (name) => {
    const { verifier, code } = await aCode()
    const response = await unchanged(issuer, () => exchange(code, verifier, { [name]: '' }))
    expectOAuthError(response, 400, 'invalid_request')
  })
})

describe('a refresh token', () => {
  it('brings the next; used again it takes everything back (I-21)', async () => {
    const { tokens } = await granted()
    const next = (await refresh(tokens.refresh_token)).json()
    expect((await fetchWith(next)).statusCode).toBe(200)
    expectOAuthError(await refresh(tokens.refresh_token), 400, 'invalid_grant')
    expectOAuthError(await refresh(next.refresh_token), 400, 'invalid_grant')
    expectOAuthError(await fetchWith(next), 401, 'invalid_token')
  })

  it('is good for its client and issuer alone, and is no access token (S-02)', async () => {
    const { tokens } = await granted()
    const token = tokens.refresh_token
    const other = await unchanged(issuer, () => refresh(token, { client_id: 'another' }))
    expectOAuthError(other, 400, 'invalid_grant')
    const elsewhere = await unchanged(issuer, () =>
      post('/other/token', {
        grant_type: 'refresh_token',
        refresh_token: token,
        client_id: clientId,
      }),
    )
    expectOAuthError(elsewhere, 400, 'invalid_grant')
    expectOAuthError(await fetchWith({ ...tokens, access_token: token }), 401, 'invalid_token')
  })
})

describe('what an organisation says about sign-in', () => {
  it('is answered without the secret, which is kept sealed', async () => {
    const read = await issuer.as('ri-se', 'organisations:read').get('/sign-in')
    expect(read.json()).toMatchObject({ issuer: provider.url, clientId: 'mikromerit' })
    expect(read.body).not.toContain('a-secret')
    expect(JSON.stringify(await issuer.rows('sign_in_providers'))).not.toContain('a-secret')
  })

  it.each([
    'http://wallet.example.org/callback',
    'javascript:alert(1)',
    'data:text/html,x',
    'https://wallet.example.org/#x',
    'not a uri',
  ])('refuses the redirect URI %s (S-18)', async (uri) => {
    const draft = { ...wallet, redirectUris: [redirectUri, uri] }
    const response = await unchanged(issuer, () =>
      issuer.as('ri-se', 'organisations:write').put('/clients/bad', draft),
    )
    expectProblem(response, 400, 'client-invalid', '/redirectUris/1')
  })

  it('purges what has run out', async () => {
    await pushed()
    issuer.clock.advance(31 * 24 * 3_600)
    await issuer.purge()
    expect(await issuer.count('authorizations')).toBe(0)
  })
})
