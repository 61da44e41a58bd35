import { generateSigningKey } from '@mikromerit/credentials'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createCertifiedSigner, makeDataDir } from './support/authorities.ts'
import { acceptTwice, notificationsOf, startTrustedIssuer } from './support/flow.ts'
import type { IssuedParts, IssuerBehaviour } from './support/issuer-behaviour.ts'
import type { ThirdPartyIssuer } from './support/third-party-issuer.ts'
import { problemOf, startWallet, type TestWallet } from './support/wallet.ts'

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
    const { response, again } = await acceptTwice(wallet.as(), issuer)
    expect([response.statusCode, problemOf(response)]).toEqual([422, 'credential-rejected'])
    expect(response.json().detail).toMatch(detail)
    expect([again.statusCode, problemOf(again)]).toEqual([410, 'offer-dead'])
    expect(await notificationsOf(issuer, 1)).toEqual(['credential_failure'])
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
    const { response, again } = await acceptTwice(strict.as(), issuer)
    expect([response.statusCode, problemOf(response)]).toEqual([422, 'issuer-untrusted'])
    expect(problemOf(again)).toBe('offer-dead')
  })

  it('whose published keys did not sign is refused everywhere', async () => {
    issuer.reset(published({ issuer: issuer.identifier, jwks: { keys: [publicJwk] } }))
    const { response } = await acceptTwice(wallet.as(), issuer)
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
    const { response } = await acceptTwice(wallet.as(), issuer)
    expect([response.statusCode, problemOf(response)]).toEqual([422, 'issuer-untrusted'])
  })

  it('whose keys cannot be fetched just now is not blamed for it', async () => {
    const signer = await createCertifiedSigner(await makeDataDir(), { uri: issuer.identifier })
    issuer.reset({
      ...issue(() => ({ signer })),
      answer: ({ path }) =>
        path.startsWith('/.well-known/jwt-vc-issuer') ? { status: 503, body: {} } : undefined,
    })
    const { response, again } = await acceptTwice(strict.as(), issuer)
    for (const answer of [response, again])
      expect([answer.statusCode, problemOf(answer)]).toEqual([502, 'issuer-unreachable'])
  })
})
