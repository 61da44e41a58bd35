import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createCertifiedSigner, makeDataDir } from './support/authorities.ts'
import { previewOffer, startTrustedIssuer } from './support/flow.ts'
import type { Answer } from './support/http-server.ts'
import { configurationId, type IssuerBehaviour } from './support/issuer-behaviour.ts'
import { createMetadata } from './support/issuer-documents.ts'
import type { ThirdPartyIssuer } from './support/third-party-issuer.ts'
import { problemOf, startWallet, type TestWallet } from './support/wallet.ts'

let wallet: TestWallet
let issuer: ThirdPartyIssuer

beforeAll(async () => {
  wallet = await startWallet()
  issuer = await startTrustedIssuer(wallet)
})
afterEach(async () => {
  // Whatever was refused: nothing was stored, not even that somebody asked.
  expect(await wallet.counts()).toEqual({
    holders: 0,
    offers: 0,
    credentials: 0,
    presentations: 0,
    history: 0,
    records: 0,
    shares: 0,
  })
  expect(issuer.requests.filter(({ method }) => method !== 'GET')).toEqual([])
  issuer.reset()
})
afterAll(async () => {
  await wallet.close()
  await issuer.close()
})

const preview = (link: string) => previewOffer(wallet.as(), link)
const linkTo = (uri: string) =>
  `openid-credential-offer://?credential_offer_uri=${encodeURIComponent(uri)}`

describe('the link', () => {
  it.each([
    [
      'both an offer and its address (W-01)',
      () => `${issuer.offer()}&credential_offer_uri=${encodeURIComponent(issuer.origin)}`,
    ],
    ['neither (W-01)', () => 'openid-credential-offer://?other=1'],
    ['an offer that is not JSON', () => 'openid-credential-offer://?credential_offer=%7B'],
    ['no link at all', () => 'hello'],
  ])('is refused with %s, and nothing is fetched', async (_what, link) => {
    const response = await preview(link())
    expect([response.statusCode, problemOf(response)]).toEqual([422, 'offer-invalid'])
    expect(issuer.requests).toEqual([])
  })

  it.each([
    ['an unknown member', { credentialOffer: 'openid-credential-offer://?x', surplus: 1 }],
    ['no offer', {}],
    ['an offer that is no text', { credentialOffer: { credential_issuer: 'x' } }],
    [
      'an offer that is too long',
      { credentialOffer: `openid-credential-offer://?${'x'.repeat(16_384)}` },
    ],
  ])('is refused with %s', async (_what, body) => {
    const response = await wallet.as().post('/v1/offers', body)
    expect([response.statusCode, problemOf(response)]).toEqual([400, 'validation-failed'])
  })
})

describe('the address of an offer (W-02)', () => {
  it.each([
    ['http elsewhere than here', 'http://issuer.example/offers/1'],
    ['a private address', 'https://10.0.0.1/offers/1'],
    ['a link-local address', 'http://169.254.169.254/latest/meta-data'],
    ['an address of IPv6 that maps to a private one', 'https://[::ffff:192.168.0.1]/offers/1'],
    ['a user name in it', 'https://user:secret@issuer.example/offers/1'],
    ['another scheme', 'file:///etc/passwd'],
  ])('is not called when it has %s', async (_what, uri) => {
    const response = await preview(linkTo(uri))
    expect([response.statusCode, problemOf(response)]).toEqual([422, 'offer-invalid'])
    expect(response.body).not.toContain(uri)
  })

  it.each<[string, Answer, number, string]>([
    ['a redirect', { status: 302, headers: { location: '/offers/2' } }, 502, 'offer-unreachable'],
    ['nothing there', { status: 404, body: {} }, 502, 'offer-unreachable'],
    ['another media type', { type: 'text/html', body: '<p>' }, 422, 'offer-invalid'],
    [
      'a member twice',
      { body: '{"credential_issuer":"a","credential_issuer":"b"}' },
      422,
      'offer-invalid',
    ],
  ])('is refused when it answers with %s', async (_what, answer, status, code) => {
    issuer.reset({ answer: ({ path }) => (path === '/offers/1' ? answer : undefined) })
    const response = await preview(linkTo(`${issuer.origin}/offers/1`))
    expect([response.statusCode, problemOf(response)]).toEqual([status, code])
    expect(issuer.requests.map(({ path }) => path)).toEqual(['/offers/1'])
  })
})

describe('an offer of more than 64 KiB (W-02)', () => {
  it('is refused, though it is one', async () => {
    issuer.reset({ changeOffer: (offer) => ({ ...offer, x_padding: 'x'.repeat(65_536) }) })
    const response = await preview(issuer.offer('reference'))
    expect([response.statusCode, problemOf(response)]).toEqual([422, 'offer-invalid'])
    expect(issuer.requests).toHaveLength(1)
  })
})

describe('the offer (W-03)', () => {
  it.each<[string, object]>([
    ['no ids', { credential_configuration_ids: [] }],
    ['ids that repeat', { credential_configuration_ids: [configurationId, configurationId] }],
    ['an id that the issuer does not have', { credential_configuration_ids: ['unknown'] }],
    [
      'the form of an old draft (S-28)',
      { credential_configuration_ids: undefined, credentials: [configurationId] },
    ],
    ['no grant that works here', { grants: { authorization_code: {} } }],
    ['an issuer that is no web address', { credential_issuer: 'ftp://issuer.example' }],
  ])('is refused with %s', async (_what, changes) => {
    issuer.reset({ changeOffer: (offer) => ({ ...offer, ...changes }) })
    const response = await preview(issuer.offer())
    expect([response.statusCode, problemOf(response)]).toEqual([422, 'offer-invalid'])
  })

  it.each(['https://192.168.0.1/school', 'http://issuer.example/school'])(
    'of an issuer at %s goes no further (S-20)',
    async (credential_issuer) => {
      issuer.reset({ changeOffer: (offer) => ({ ...offer, credential_issuer }) })
      const response = await preview(issuer.offer())
      expect([response.statusCode, problemOf(response)]).toEqual([422, 'issuer-metadata-invalid'])
      expect(issuer.requests).toEqual([])
    },
  )
})

const configure = (changes: object): Partial<IssuerBehaviour> => ({
  changeMetadata: (metadata) => {
    const { [configurationId]: configuration } = Object(
      metadata.credential_configurations_supported,
    )
    return {
      ...metadata,
      credential_configurations_supported: { [configurationId]: { ...configuration, ...changes } },
    }
  },
})
const withGrant =
  (grant: object): IssuerBehaviour['changeOffer'] =>
  (offer) => {
    const [[type, members] = ['', {}]] = Object.entries(Object(offer.grants))
    return { ...offer, grants: { [type]: { ...Object(members), ...grant } } }
  }

describe('the issuer’s metadata', () => {
  it.each<[string, () => Partial<IssuerBehaviour>, number, string]>([
    [
      'names another issuer (W-05)',
      () => ({
        changeMetadata: (metadata) => ({ ...metadata, credential_issuer: `${issuer.identifier}/` }),
      }),
      422,
      'issuer-metadata-invalid',
    ],
    [
      'is missing',
      () => ({
        answer: ({ path }) => (/issuer/.test(path) ? { status: 404, body: {} } : undefined),
      }),
      422,
      'issuer-metadata-invalid',
    ],
    [
      'is not JSON',
      () => ({ answer: ({ path }) => (/issuer/.test(path) ? { body: '{' } : undefined) }),
      422,
      'issuer-metadata-invalid',
    ],
    [
      'cannot be had just now',
      () => ({
        answer: ({ path }) => (/issuer/.test(path) ? { status: 503, body: {} } : undefined),
      }),
      502,
      'issuer-unreachable',
    ],
    [
      'is that of an old draft (S-28)',
      () => ({
        changeMetadata: ({ credential_configurations_supported: configurations, ...rest }) => ({
          ...rest,
          credentials_supported: Object.entries(Object(configurations)).map(([id, value]) => ({
            ...Object(value),
            id,
          })),
        }),
      }),
      422,
      'issuer-metadata-invalid',
    ],
    [
      'has no such authorization server (W-06)',
      () => ({
        hasSeparateServer: true,
        changeOffer: withGrant({ authorization_server: 'https://evil.example' }),
      }),
      422,
      'offer-invalid',
    ],
    [
      'has several authorization servers and the offer names none (W-06)',
      () => ({
        changeMetadata: (metadata) => ({
          ...metadata,
          authorization_servers: [issuer.identifier, issuer.identifier],
        }),
      }),
      422,
      'offer-invalid',
    ],
    [
      'comes with server metadata of another issuer (W-07)',
      () => ({
        changeServerMetadata: (metadata) => ({ ...metadata, issuer: 'https://evil.example' }),
      }),
      422,
      'issuer-metadata-invalid',
    ],
    [
      'has no format that can be held',
      () => configure({ format: 'jwt_vc_json' }),
      422,
      'issuer-unsupported',
    ],
    [
      'wants keys of another kind',
      () => configure({ cryptographic_binding_methods_supported: ['did:key'] }),
      422,
      'issuer-unsupported',
    ],
    [
      'wants proofs by another algorithm',
      () =>
        configure({
          proof_types_supported: { jwt: { proof_signing_alg_values_supported: ['ES384'] } },
        }),
      422,
      'issuer-unsupported',
    ],
    [
      'wants attested keys',
      () =>
        configure({
          proof_types_supported: {
            jwt: { proof_signing_alg_values_supported: ['ES256'], key_attestations_required: {} },
          },
        }),
      422,
      'issuer-unsupported',
    ],
    [
      'signs by another algorithm',
      () => configure({ credential_signing_alg_values_supported: ['EdDSA'] }),
      422,
      'issuer-unsupported',
    ],
    ...['credential_response_encryption', 'credential_request_encryption'].map(
      (member): [string, () => Partial<IssuerBehaviour>, number, string] => [
        `demands ${member}`,
        () => ({
          changeMetadata: (metadata) => ({
            ...metadata,
            [member]: {
              alg_values_supported: ['ECDH-ES'],
              enc_values_supported: ['A256GCM'],
              jwks: { keys: [] },
              encryption_required: true,
            },
          }),
        }),
        422,
        'issuer-unsupported',
      ],
    ),
  ])('is refused when it %s', async (_what, changes, status, code) => {
    issuer.reset(changes())
    const response = await preview(issuer.offer())
    expect([response.statusCode, problemOf(response)]).toEqual([status, code])
  })

  it.each(['nobody we trust', 'another issuer'])(
    'is refused when signed for %s (W-08)',
    async (who) => {
      const dataDir = who === 'another issuer' ? wallet.config.DATA_DIR : await makeDataDir()
      const body = await signMetadata(
        dataDir,
        who === 'another issuer' ? 'https://evil.example' : issuer.identifier,
      )
      issuer.reset({ answer: serveMetadata(body) })
      const response = await preview(issuer.offer())
      expect([response.statusCode, problemOf(response)]).toEqual([422, 'issuer-metadata-invalid'])
    },
  )
})

const serveMetadata =
  (body: string): IssuerBehaviour['answer'] =>
  ({ path }) =>
    path.startsWith('/.well-known/openid-credential-issuer')
      ? { type: 'application/jwt', body }
      : undefined

/** OpenID4VCI 12.2.3: metadata as a signed JWT. */
async function signMetadata(dataDir: string, sub: string): Promise<string> {
  const signer = await createCertifiedSigner(dataDir, { dns: 'localhost' })
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const header = { typ: 'openidvci-issuer-metadata+jwt', alg: 'ES256', x5c: signer.x5c }
  const { origin, identifier, behaviour } = issuer
  const payload = {
    ...createMetadata({ origin, identifier, behaviour }),
    sub,
    iat: Math.floor(Date.now() / 1_000),
  }
  const input = `${encode(header)}.${encode(payload)}`
  return `${input}.${(await signer.sign(input)).toString('base64url')}`
}

describe('signed metadata', () => {
  it('under a trust anchor makes the issuer trusted before anything is accepted', async () => {
    const other = await startWallet()
    const body = await signMetadata(other.config.DATA_DIR, issuer.identifier)
    issuer.reset({ answer: serveMetadata(body) })
    const response = await previewOffer(other.as(), issuer.offer())
    expect(response.json()).toMatchObject({ trust: 'trusted' })
    await other.close()
  })
})
