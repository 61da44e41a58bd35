import { randomUUID, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createCertifiedSigner } from './support/authorities.ts'
import {
  acceptOffer,
  notificationsOf,
  previewOffer,
  receive,
  startTrustedIssuer,
} from './support/flow.ts'
import { configurationId } from './support/issuer-behaviour.ts'
import type { ThirdPartyIssuer } from './support/third-party-issuer.ts'
import { problemOf, startWallet, type TestWallet } from './support/wallet.ts'

let wallet: TestWallet
let issuer: ThirdPartyIssuer

beforeAll(async () => {
  wallet = await startWallet()
  issuer = await startTrustedIssuer(wallet)
})
afterEach(() => issuer.reset())
afterAll(async () => {
  await wallet.close()
  await issuer.close()
})

const credentialRequests = () =>
  issuer.requests
    .filter(({ path }) => path === '/credential')
    .map(({ body }) => JSON.parse(body) as Record<string, unknown> & { proofs: { jwt: string[] } })
const readJwt = (jwt = '') =>
  jwt
    .split('.')
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()))

describe('a third-party issuer', () => {
  it('gets a key proof as OpenID4VCI wants it (W-15)', async () => {
    await receive(wallet.as(), issuer)
    const [{ proofs, ...named } = { proofs: { jwt: [] } }] = credentialRequests()
    expect(named).toEqual({ credential_configuration_id: configurationId })
    const [header, payload] = readJwt(proofs.jwt[0])
    expect(header).toEqual({
      alg: 'ES256',
      typ: 'openid4vci-proof+jwt',
      jwk: { kty: 'EC', crv: 'P-256', x: expect.any(String), y: expect.any(String) },
    })
    expect(payload).toEqual({
      aud: issuer.identifier,
      iat: wallet.clock.now().getTime() / 1_000,
      nonce: issuer.proofNonces[0],
    })
  })

  it('gets a fresh key for every credential', async () => {
    const learner = wallet.as()
    await receive(learner, issuer)
    await receive(learner, issuer)
    const keys = credentialRequests().map(({ proofs }) => readJwt(proofs.jwt[0])[0].jwk.x)
    expect(new Set(keys).size).toBe(2)
  })

  it('gets its nonce from the nonce endpoint, asked by POST without a token (W-14)', async () => {
    await receive(wallet.as(), issuer)
    const [request] = issuer.requests.filter(({ path }) => path === '/nonce')
    expect(request).toMatchObject({ method: 'POST' })
    expect(request?.headers.authorization).toBeUndefined()
  })

  it('may have no nonce endpoint; then the proof has no nonce', async () => {
    issuer.reset({ hasNonceEndpoint: false })
    await receive(wallet.as(), issuer)
    expect(issuer.proofNonces).toEqual([undefined])
  })

  it('may refuse a nonce once, not twice (W-12)', async () => {
    for (const [refusals, status] of [
      [1, 201],
      [2, 502],
    ]) {
      let left = refusals ?? 0
      issuer.reset({
        answer: ({ path }) =>
          path === '/credential' && left-- > 0
            ? { status: 400, body: { error: 'invalid_nonce' } }
            : undefined,
      })
      const response = await acceptOffer(wallet.as(), issuer.offer())
      expect([refusals, response.statusCode]).toEqual([refusals, status])
      expect(issuer.requests.filter(({ path }) => path === '/nonce')).toHaveLength(2)
    }
  })

  it('may have an authorization server of its own', async () => {
    issuer.reset({ hasSeparateServer: true })
    await receive(wallet.as(), issuer)
    expect(issuer.issued).toHaveLength(1)
  })

  it('may publish its server metadata where OpenID Connect has it', async () => {
    issuer.reset({
      answer: ({ path }) =>
        path === '/school/.well-known/openid-configuration'
          ? { body: { issuer: issuer.identifier, token_endpoint: `${issuer.origin}/token` } }
          : path.startsWith('/.well-known/oauth-authorization-server')
            ? { status: 404, body: {} }
            : undefined,
    })
    await receive(wallet.as(), issuer)
    const token = issuer.requests.find(({ path }) => path === '/token')
    // It does not say that anonymous requests are allowed (OpenID4VCI 12.3).
    expect(new URLSearchParams(token?.body).get('client_id')).toBe('mikromerit-wallet')
  })

  it('is asked anonymously where it allows that', async () => {
    await receive(wallet.as(), issuer)
    const token = issuer.requests.find(({ path }) => path === '/token')
    expect(new URLSearchParams(token?.body).has('client_id')).toBe(false)
  })

  it.each([{}, { dpopNonce: 'server-nonce' }])(
    'may bind the token to a key (DPoP) %j',
    async (changes) => {
      issuer.reset({ isDpopRequired: true, ...changes })
      await receive(wallet.as(), issuer)
      const { headers } = issuer.requests.find(({ path }) => path === '/credential') ?? {}
      expect(headers?.authorization).toMatch(/^DPoP /)
      expect(issuer.issued).toHaveLength(1)
    },
  )

  it('may name the datasets in the token answer; each is asked for by its identifier (W-13)', async () => {
    issuer.reset({ credentialIdentifiers: ['Svetsning 1', 'Svetsning 2'] })
    const ids = await receive(wallet.as(), issuer)
    expect(ids).toHaveLength(2)
    expect(credentialRequests().map(({ proofs: _proofs, ...named }) => named)).toEqual([
      { credential_identifier: 'Svetsning 1' },
      { credential_identifier: 'Svetsning 2' },
    ])
    const keys = credentialRequests().map(({ proofs }) => readJwt(proofs.jwt[0])[0].jwk.x)
    expect(new Set(keys).size).toBe(2)
  })

  it('may offer several configurations', async () => {
    issuer.reset({ configurations: ['first', 'second', 'third'] })
    expect(await receive(wallet.as(), issuer)).toHaveLength(3)
    expect(issuer.issued).toHaveLength(3)
  })

  it('may leave iss out when its certificate names it', async () => {
    issuer.reset({ changeIssued: (parts) => ({ ...parts, iss: undefined }), publishesKeys: false })
    const { credentials } = (await acceptOffer(wallet.as(), issuer.offer())).json()
    expect(credentials).toMatchObject([{ issuerTrust: 'certificate' }])
  })

  it('may send its root along', async () => {
    const pem = await readFile(`${wallet.config.DATA_DIR}/development/ca-anchor.pem`, 'utf8')
    const root = new X509Certificate(pem).raw.toString('base64')
    issuer.reset({
      publishesKeys: false,
      changeIssued: ({ signer, ...parts }) => ({
        ...parts,
        signer: { ...signer, x5c: [...(signer.x5c ?? []), root] },
      }),
    })
    const { credentials } = (await acceptOffer(wallet.as(), issuer.offer())).json()
    expect(credentials).toMatchObject([{ issuerTrust: 'certificate' }])
  })

  it('may sign with a key that it publishes, without certificates', async () => {
    issuer.reset({ changeIssued: (parts) => ({ ...parts, hasCertificates: false }) })
    const { credentials } = (await acceptOffer(wallet.as(), issuer.offer())).json()
    expect(credentials).toMatchObject([{ issuerTrust: 'metadata' }])
  })

  it('may publish its keys under jwks_uri', async () => {
    const { issuer: metadataIssuer, keys } = await publishedKeys()
    issuer.reset({
      changeIssued: (parts) => ({ ...parts, hasCertificates: false }),
      answer: ({ path }) => {
        if (path === '/jwks') return { body: { keys }, type: 'application/jwk-set+json' }
        if (path !== '/.well-known/jwt-vc-issuer/school') return undefined
        return { body: { issuer: metadataIssuer, jwks_uri: `${issuer.origin}/jwks` } }
      },
    })
    const { credentials } = (await acceptOffer(wallet.as(), issuer.offer())).json()
    expect(credentials).toMatchObject([{ issuerTrust: 'metadata' }])
  })

  it('may be known only by an untrusted certificate: kept outside production, and marked', async () => {
    const { signer } = await anotherAuthority()
    issuer.reset({ publishesKeys: false, changeIssued: (parts) => ({ ...parts, signer }) })
    const { credentials } = (await acceptOffer(wallet.as(), issuer.offer())).json()
    expect(credentials).toMatchObject([{ issuerTrust: 'undetermined' }])
  })

  it('may name another issuer in the credential when its certificate names both (W-17)', async () => {
    const iss = 'https://skolregistret.example.se/skolan'
    const { signer } = await certified({ uri: iss, dns: 'localhost' })
    issuer.reset({ changeIssued: (parts) => ({ ...parts, iss, signer }) })
    const { credentials } = (await acceptOffer(wallet.as(), issuer.offer())).json()
    expect(credentials).toMatchObject([
      { issuerTrust: 'certificate', issuer: { identifier: issuer.identifier, iss } },
    ])
  })

  it('may issue without holder binding when its configuration says so', async () => {
    issuer.reset({
      changeMetadata: (metadata) => {
        const { [configurationId]: configuration } = Object(
          metadata.credential_configurations_supported,
        )
        const { proof_types_supported, cryptographic_binding_methods_supported, ...rest } =
          configuration
        return { ...metadata, credential_configurations_supported: { [configurationId]: rest } }
      },
      changeIssued: (parts) => ({ ...parts, holderKey: undefined }),
    })
    expect(await receive(wallet.as(), issuer)).toHaveLength(1)
  })

  it('is told what became of the credential (W-19)', async () => {
    const curious = await startTrustedIssuer(wallet)
    const learner = wallet.as()
    const [id] = await receive(learner, curious)
    expect(await notificationsOf(curious, 1)).toEqual(['credential_accepted'])
    await learner.delete(`/v1/credentials/${id}`)
    expect(await notificationsOf(curious, 2)).toEqual(['credential_accepted', 'credential_deleted'])
    expect(curious.notifications.map((note) => note.notification_id)).toEqual(['note-1', 'note-1'])
    await curious.close()
  })

  it('need not want to know, and need not be reachable then', async () => {
    issuer.reset({ hasNotificationEndpoint: false })
    expect(await receive(wallet.as(), issuer)).toHaveLength(1)
    issuer.reset({ answer: ({ path }) => (path === '/notification' ? { status: 500 } : undefined) })
    expect(await receive(wallet.as(), issuer)).toHaveLength(1)
  })
})

describe('an issuer that does not answer', () => {
  const down = (path: string, times = 1) => {
    let left = times
    return (request: { path: string }) =>
      request.path === path && left-- > 0 ? { status: 503, body: {} } : undefined
  }

  it.each(['/token', '/nonce', '/credential'])(
    'at %s leaves the offer usable, and it goes on where it stopped',
    async (path) => {
      const learner = wallet.as()
      const { id } = (await previewOffer(learner, issuer.offer())).json()
      issuer.reset({ answer: down(path) })
      const first = await learner.post(`/v1/offers/${id}/accept`)
      expect([first.statusCode, problemOf(first)]).toEqual([502, 'issuer-unreachable'])
      expect((await learner.get('/v1/credentials')).json().items).toEqual([])
      const again = await learner.post(`/v1/offers/${id}/accept`)
      expect(again.statusCode).toBe(201)
      expect(issuer.issued).toHaveLength(1)
      // The code was used once: what was answered is kept.
      const tokens = issuer.requests.filter((request) => request.path === '/token')
      expect(tokens).toHaveLength(path === '/token' ? 2 : 1)
    },
  )

  it('goes on after a restart, on another replica, with the same key', async () => {
    const learner = wallet.as()
    const { id } = (await previewOffer(learner, issuer.offer())).json()
    issuer.reset({ answer: down('/credential') })
    await learner.post(`/v1/offers/${id}/accept`)
    const other = await wallet.another()
    const again = await other.as(learner.id).post(`/v1/offers/${id}/accept`)
    expect(again.statusCode).toBe(201)
    const keys = credentialRequests().map(({ proofs }) => readJwt(proofs.jwt[0])[0].jwk.x)
    expect(new Set(keys).size).toBe(1)
  })

  it('for so long that another replica took over writes nothing when it comes back', async () => {
    const learner = wallet.as()
    const { id } = (await previewOffer(learner, issuer.offer())).json()
    const path = `/v1/offers/${id}/accept`
    const other = (await wallet.another()).as(learner.id)
    const [otherIsThere, firstIsBack] = [
      Promise.withResolvers<void>(),
      Promise.withResolvers<void>(),
    ]
    let second: ReturnType<typeof other.post> | undefined
    issuer.reset({
      answer: async (request) => {
        if (request.path !== '/credential') return undefined
        if (second) {
          otherIsThere.resolve()
          await firstIsBack.promise
        } else {
          wallet.clock.advance(600)
          second = other.post(path)
          await otherIsThere.promise
        }
        return undefined
      },
    })
    const first = await learner.post(path)
    firstIsBack.resolve()
    expect([first.statusCode, problemOf(first)]).toEqual([409, 'offer-in-progress'])
    expect((await second)?.statusCode).toBe(201)
    wallet.clock.advance(-600)
    expect((await learner.get('/v1/credentials')).json().items).toHaveLength(1)
    expect((await learner.get('/v1/history')).json().items).toHaveLength(1)
  })

  it('whose keys cannot be fetched just now leaves the offer usable', async () => {
    issuer.reset({
      changeIssued: (parts) => ({ ...parts, hasCertificates: false }),
      answer: down('/.well-known/jwt-vc-issuer/school'),
    })
    const learner = wallet.as()
    const { id } = (await previewOffer(learner, issuer.offer())).json()
    const first = await learner.post(`/v1/offers/${id}/accept`)
    expect([first.statusCode, problemOf(first)]).toEqual([502, 'issuer-unreachable'])
    expect((await learner.post(`/v1/offers/${id}/accept`)).statusCode).toBe(201)
  })
})

async function publishedKeys() {
  const response = await fetch(`${issuer.origin}/.well-known/jwt-vc-issuer/school`)
  const { issuer: name, jwks } = (await response.json()) as {
    issuer: string
    jwks: { keys: object[] }
  }
  return { issuer: name, keys: jwks.keys }
}

const certified = async (names: { uri: string; dns: string }) => ({
  signer: await createCertifiedSigner(wallet.config.DATA_DIR, names),
})

const anotherAuthority = async () => ({
  signer: await createCertifiedSigner(`${wallet.config.DATA_DIR}/${randomUUID()}`, {
    uri: issuer.identifier,
    dns: 'localhost',
  }),
})
