import { generateSigningKey } from '@mikromerit/credentials'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createCertifiedSigner, makeDataDir } from './support/authorities.ts'
import { notificationsOf, previewOffer, startTrustedIssuer } from './support/flow.ts'
import type { Answer } from './support/http-server.ts'
import type { IssuedParts, IssuerBehaviour } from './support/issuer-behaviour.ts'
import type { ThirdPartyIssuer } from './support/third-party-issuer.ts'
import { type Learner, problemOf, startWallet, type TestWallet } from './support/wallet.ts'

let wallet: TestWallet
/** The same wallet, where nothing undetermined is kept. */
let strict: TestWallet
let issuer: ThirdPartyIssuer

beforeAll(async () => {
  wallet = await startWallet()
  strict = await wallet.another({ REQUIRE_TRUSTED_ISSUERS: true })
  issuer = await startTrustedIssuer(wallet)
})
let before: Record<string, number>
beforeEach(async () => {
  before = await wallet.counts()
})
afterEach(async () => {
  issuer.reset()
  // Whatever was refused: no credential was kept, and none is in anybody's history.
  const { credentials, history } = await wallet.counts()
  expect({ credentials, history }).toEqual({
    credentials: before.credentials,
    history: before.history,
  })
})
afterAll(async () => {
  await wallet.close()
  await issuer.close()
})

/** Accepts twice: the second time shows whether the offer is dead. */
async function acceptTwice(learner: Learner) {
  const { id } = (await previewOffer(learner, issuer.offer())).json()
  const response = await learner.post(`/v1/offers/${id}/accept`)
  const again = await learner.post(`/v1/offers/${id}/accept`)
  return { response, again }
}

const replacePart = (token: string, at: number, part: string) =>
  token.split('~').with(at, part).join('~')
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const dataDir = () => wallet.config.DATA_DIR
const issue = (change: (parts: IssuedParts) => Partial<IssuedParts>): Partial<IssuerBehaviour> => ({
  changeIssued: (parts) => ({ ...parts, ...change(parts) }),
})
const { x = '', y = '' } = generateSigningKey().publicJwk

describe('a credential received (W-16)', () => {
  it.each<[string, Partial<IssuerBehaviour>, RegExp]>([
    [
      'with a disclosure that was changed',
      { changeToken: (token) => replacePart(token, 1, encode(['salt', 'grade', 'MVG'])) },
      /disclosures do not match/,
    ],
    [
      'with a disclosure that belongs nowhere',
      { changeToken: (token) => `${token}${encode(['salt', 'admin', true])}~` },
      /disclosures do not match/,
    ],
    [
      'with a disclosure twice',
      { changeToken: (token) => `${token}${token.split('~')[1]}~` },
      /disclosures do not match/,
    ],
    [
      'whose signature is that of another token',
      {
        changeToken: (token) =>
          token.replace(/\.[^.~]+~/, `.${Buffer.alloc(64, 7).toString('base64url')}~`),
      },
      /signature_invalid/,
    ],
    ['bound to a foreign key', issue(() => ({ holderKey: { x, y } })), /not bound to the key/],
    ['bound to no key', issue(() => ({ holderKey: undefined })), /not bound to the key/],
    [
      'of another type than was offered',
      issue(() => ({ vct: 'urn:other' })),
      /type that was offered/,
    ],
    ['that has expired', issue(() => ({ expiresAt: new Date(Date.now() - 600_000) })), /expired/],
    [
      'that is not valid yet',
      issue(() => ({ issuedAt: new Date(Date.now() + 600_000) })),
      /not_yet_valid/,
    ],
    ['with the typ of an old draft (S-28)', issue(() => ({ typ: 'vc+sd-jwt' })), /typ_unexpected/],
    [
      'that is another kind of JWT (S-04)',
      issue(() => ({ typ: 'statuslist+jwt' })),
      /typ_unexpected/,
    ],
    [
      'with a key binding',
      { changeToken: (token) => `${token}${token.split('~')[0]}` },
      /key binding/,
    ],
    ['that is not an SD-JWT', { changeToken: () => 'not a token' }, /not a well-formed SD-JWT/],
    [
      'that names another issuer, which nothing vouches for (W-17)',
      issue(() => ({ iss: 'https://evil.example' })),
      /names another issuer/,
    ],
    ['whose iss is no text', issue(() => ({ iss: 7 as never })), /iss/], // what a stranger may write
  ])('%s is not kept, and the issuer is told', async (_what, changes, detail) => {
    issuer.reset(changes)
    const { response, again } = await acceptTwice(wallet.as())
    expect([response.statusCode, problemOf(response)]).toEqual([422, 'credential-rejected'])
    expect(response.json().detail).toMatch(detail)
    expect([again.statusCode, problemOf(again)]).toEqual([410, 'offer-dead'])
    expect(await notificationsOf(issuer, 1)).toEqual(['credential_failure'])
  })

  it('of several, one bad, is not kept with the others (W-19)', async () => {
    let count = 0
    issuer.reset({
      configurations: ['first', 'second'],
      changeToken: (token) => (++count === 2 ? `${token}${encode(['s', 'x', 1])}~` : token),
    })
    const { response } = await acceptTwice(wallet.as())
    expect([response.statusCode, problemOf(response)]).toEqual([422, 'credential-rejected'])
    expect(issuer.issued).toHaveLength(2)
    expect(await notificationsOf(issuer, 2)).toEqual(['credential_failure', 'credential_failure'])
  })
})

describe('an issuer nothing vouches for', () => {
  const published = (body: object): Partial<IssuerBehaviour> => ({
    ...issue(() => ({ hasCertificates: false })),
    answer: ({ path }) => (path === '/.well-known/jwt-vc-issuer/school' ? { body } : undefined),
  })
  const { publicJwk } = generateSigningKey()

  it.each<[string, () => Promise<Partial<IssuerBehaviour>>]>([
    [
      'with a certificate of an authority we do not trust',
      async () => {
        const names = { uri: issuer.identifier, dns: 'localhost' }
        const signer = await createCertifiedSigner(await makeDataDir(), names)
        return { publishesKeys: false, ...issue(() => ({ signer })) }
      },
    ],
    [
      'with a trusted certificate of somebody else',
      async () => {
        const names = { uri: 'https://other.example', dns: 'other.example' }
        const signer = await createCertifiedSigner(dataDir(), names)
        return { publishesKeys: false, ...issue(() => ({ signer })) }
      },
    ],
    [
      'with a certificate that has run out',
      async () => {
        const signer = await createCertifiedSigner(dataDir(), {
          uri: issuer.identifier,
          notBefore: new Date('2024-01-01'),
          notAfter: new Date('2025-01-01'),
        })
        return { publishesKeys: false, ...issue(() => ({ signer })) }
      },
    ],
    [
      'without certificate and published keys',
      async () => ({ publishesKeys: false, ...issue(() => ({ hasCertificates: false })) }),
    ],
    [
      'whose published keys are those of another issuer',
      async () => published({ issuer: `${issuer.identifier}/`, jwks: { keys: [publicJwk] } }),
    ],
    [
      'that publishes keys in two ways at once',
      async () =>
        published({
          issuer: issuer.identifier,
          jwks: { keys: [publicJwk] },
          jwks_uri: `${issuer.origin}/jwks`,
        }),
    ],
    [
      'whose published key has another kid',
      async () =>
        published({ issuer: issuer.identifier, jwks: { keys: [{ ...publicJwk, kid: 'other' }] } }),
    ],
  ])('%s gives nothing to keep where trust is required', async (_what, changes) => {
    issuer.reset(await changes())
    const { response, again } = await acceptTwice(strict.as())
    expect([response.statusCode, problemOf(response)]).toEqual([422, 'issuer-untrusted'])
    expect(problemOf(again)).toBe('offer-dead')
  })

  it('whose published keys did not sign is refused everywhere', async () => {
    issuer.reset(published({ issuer: issuer.identifier, jwks: { keys: [publicJwk] } }))
    const { response } = await acceptTwice(wallet.as())
    expect([response.statusCode, problemOf(response)]).toEqual([422, 'credential-rejected'])
    expect(response.json().detail).toMatch(/signature_invalid/)
  })

  it('is not taken at the word of the token: a key in its header is no proof (S-06)', async () => {
    issuer.reset({
      publishesKeys: false,
      ...issue(() => ({ hasCertificates: false })),
      changeToken: (token) => {
        const [jwt = '', ...rest] = token.split('~')
        const [header = '', payload, signature] = jwt.split('.')
        const members = JSON.parse(Buffer.from(header, 'base64url').toString())
        return [
          [encode({ ...members, jwk: publicJwk }), payload, signature].join('.'),
          ...rest,
        ].join('~')
      },
    })
    const { response } = await acceptTwice(wallet.as())
    expect([response.statusCode, problemOf(response)]).toEqual([422, 'issuer-untrusted'])
  })

  it('whose keys cannot be fetched just now is not blamed for it', async () => {
    const signer = await createCertifiedSigner(await makeDataDir(), { uri: issuer.identifier })
    issuer.reset({
      ...issue(() => ({ signer })),
      answer: ({ path }) =>
        path.startsWith('/.well-known/jwt-vc-issuer') ? { status: 503, body: {} } : undefined,
    })
    const { response, again } = await acceptTwice(strict.as())
    for (const answer of [response, again])
      expect([answer.statusCode, problemOf(answer)]).toEqual([502, 'issuer-unreachable'])
  })
})

describe('what the issuer answers (W-20)', () => {
  const echoed = 'do-not-repeat-me'
  const at = (path: string, answer: Answer): Partial<IssuerBehaviour> => ({
    answer: (request) => (request.path === path ? answer : undefined),
  })
  const error = (code: string, status = 400): Answer => ({
    status,
    body: { error: code, error_description: echoed },
  })

  it.each<[string, Partial<IssuerBehaviour>, string, RegExp | undefined]>([
    [
      'invalid_client',
      at('/token', error('invalid_client', 401)),
      'issuer-refused',
      /invalid_client/,
    ],
    ['an error of its own making', at('/token', error(echoed)), 'issuer-refused', /another error/],
    [
      'a page',
      at('/token', { status: 400, type: 'text/html', body: echoed }),
      'issuer-refused',
      /another error/,
    ],
    [
      'a token without a type',
      at('/token', { body: { access_token: echoed } }),
      'issuer-refused',
      /another error/,
    ],
    [
      'credential_request_denied',
      at('/credential', error('credential_request_denied')),
      'issuer-refused',
      /credential_request_denied/,
    ],
    [
      'invalid_token',
      at('/credential', error('invalid_token', 401)),
      'issuer-refused',
      /invalid_token/,
    ],
    [
      'two credentials for one key',
      at('/credential', {
        body: { credentials: [{ credential: echoed }, { credential: echoed }] },
      }),
      'issuer-refused',
      /exactly one credential/,
    ],
    [
      'a credential as an object',
      at('/credential', { body: { credentials: [{ credential: { echoed } }] } }),
      'issuer-refused',
      /exactly one credential/,
    ],
    [
      'the form of a draft (S-28)',
      at('/credential', { body: { credential: echoed } }),
      'issuer-refused',
      /exactly one credential/,
    ],
    [
      'something that is not JSON',
      at('/credential', { body: echoed }),
      'issuer-refused',
      /exactly one credential/,
    ],
    [
      'a promise to deliver later',
      at('/credential', { status: 202, body: { transaction_id: echoed, interval: 5 } }),
      'issuance-deferred',
      undefined,
    ],
  ])('is shown plainly, and the offer is dead: %s', async (_what, changes, code, detail) => {
    issuer.reset(changes)
    const { response, again } = await acceptTwice(wallet.as())
    expect([response.statusCode, problemOf(response)]).toEqual([502, code])
    if (detail) expect(response.json().detail).toMatch(detail)
    expect(response.body).not.toContain(echoed)
    expect(problemOf(again)).toBe('offer-dead')
  })

  it('with a token for other credentials than were offered brings nothing', async () => {
    issuer.reset({
      answer: ({ path }) =>
        path === '/token'
          ? {
              body: {
                access_token: 'a-token',
                token_type: 'Bearer',
                authorization_details: [
                  {
                    type: 'openid_credential',
                    credential_configuration_id: 'other',
                    credential_identifiers: ['one'],
                  },
                ],
              },
            }
          : undefined,
    })
    const { response } = await acceptTwice(wallet.as())
    expect([response.statusCode, problemOf(response)]).toEqual([502, 'issuer-refused'])
    expect(issuer.requests.map(({ path }) => path)).not.toContain('/credential')
  })

  it('with more datasets than one request can take brings nothing', async () => {
    issuer.reset({ credentialIdentifiers: Array.from({ length: 17 }, (_, n) => `dataset-${n}`) })
    const { response } = await acceptTwice(wallet.as())
    expect([response.statusCode, problemOf(response)]).toEqual([502, 'issuer-refused'])
    expect(issuer.requests.map(({ path }) => path)).not.toContain('/credential')
  })

  it.each(['/token', '/nonce', '/credential'])(
    'with a redirect at %s is not followed',
    async (path) => {
      issuer.reset(at(path, { status: 307, headers: { location: `${issuer.origin}/elsewhere` } }))
      const { response } = await acceptTwice(wallet.as())
      expect(response.statusCode).toBe(502)
      expect(issuer.requests.map((request) => request.path)).not.toContain('/elsewhere')
    },
  )
})
