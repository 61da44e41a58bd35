import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  previewRequest,
  receive,
  startTrustedIssuer,
  startTrustedVerifier,
} from './support/flow.ts'
import { configurationId } from './support/issuer-behaviour.ts'
import { disclosedIn } from './support/sd-jwt.ts'
import type { ThirdPartyIssuer } from './support/third-party-issuer.ts'
import { courseQuery, type ThirdPartyVerifier } from './support/third-party-verifier.ts'
import { type Learner, problemOf, startWallet, type TestWallet } from './support/wallet.ts'

let wallet: TestWallet
let issuer: ThirdPartyIssuer
let verifier: ThirdPartyVerifier
let learner: Learner

beforeAll(async () => {
  wallet = await startWallet()
  issuer = await startTrustedIssuer(wallet)
  verifier = await startTrustedVerifier(wallet)
  learner = wallet.as()
  await receive(learner, issuer)
})
afterEach(() => {
  verifier.reset()
  issuer.reset()
})
afterAll(async () => {
  await wallet.close()
  await issuer.close()
  await verifier.close()
})

async function show(from: ThirdPartyVerifier, who = learner, by?: 'reference' | 'value') {
  const request = await from.request(by)
  const preview = await previewRequest(who, request.link)
  if (preview.statusCode !== 200) throw new Error(preview.body)
  const response = await who.post(`/v1/presentations/${preview.json().id}/submit`)
  return { ...request, preview: preview.json(), response, answer: from.answers.at(-1) }
}
const tokenIn = (content: object | undefined): string => Object(content).vp_token.course[0]
const bindingIn = (token: string) =>
  JSON.parse(Buffer.from(token.split('~').at(-1)?.split('.')[1] ?? '', 'base64url').toString())

describe('a third-party verifier', () => {
  it.each([
    [['A128GCM', 'A256GCM'], 'A256GCM'],
    [['A256GCM'], 'A256GCM'],
    [['A128GCM'], 'A128GCM'],
    [undefined, 'A128GCM'],
  ])(
    'that lists %j gets its answer encrypted with %s and its kid (W-40)',
    async (encodings, enc) => {
      verifier.reset({ encodings })
      const { response, answer, state } = await show(verifier)
      expect(response.statusCode).toBe(200)
      expect(answer?.jweHeader).toEqual({
        alg: 'ECDH-ES',
        enc,
        kid: 'enc-1',
        epk: expect.any(Object),
      })
      expect(Object.keys(answer?.form ?? {})).toEqual(['response'])
      expect(answer?.content.state).toBe(state)
    },
  )

  it('may take its answer as a plain form', async () => {
    verifier.reset({ responseMode: 'direct_post' })
    const { answer, state } = await show(verifier)
    expect(Object.keys(answer?.form ?? {}).sort()).toEqual(['state', 'vp_token'])
    expect(answer?.form.state).toBe(state)
    expect(disclosedIn(tokenIn(answer?.content))).toEqual([['grade', 'VG']])
  })

  it('may leave state out', async () => {
    verifier.reset({ changePayload: ({ state: _state, ...payload }) => payload })
    const { answer } = await show(verifier)
    expect(Object.keys(answer?.content ?? {})).toEqual(['vp_token'])
  })

  it('may send its request by value', async () => {
    const { response } = await show(verifier, learner, 'value')
    expect(response.statusCode).toBe(200)
    expect(verifier.requests.map(({ method }) => method)).toEqual(['POST'])
  })

  it('may be known by the name in its certificate', async () => {
    const named = await startTrustedVerifier(wallet, { prefix: 'x509_san_dns' })
    const { preview, answer, nonce } = await show(named)
    expect(preview.verifier).toMatchObject({
      clientId: 'x509_san_dns:localhost',
      trust: 'trusted',
    })
    expect(bindingIn(tokenIn(answer?.content))).toMatchObject({
      aud: 'x509_san_dns:localhost',
      nonce,
    })
    await named.close()
  })

  it('may send its root along when it is known by name', async () => {
    const pem = await readFile(`${wallet.config.DATA_DIR}/development/ca-anchor.pem`, 'utf8')
    const root = new X509Certificate(pem).raw.toString('base64')
    const named = await startTrustedVerifier(wallet, {
      prefix: 'x509_san_dns',
      changeHeader: (members) => ({ ...members, x5c: [members.x5c, root].flat() }),
    })
    expect((await show(named)).response.statusCode).toBe(200)
    await named.close()
  })

  it('may be unsigned, known by the address of its answers, and shown as undetermined', async () => {
    const unsigned = await startTrustedVerifier(wallet, { prefix: 'redirect_uri' })
    const { preview, answer } = await show(unsigned)
    expect(preview.verifier).toEqual({
      clientId: unsigned.clientId,
      name: 'Tredje Arbetsgivaren',
      host: unsigned.host,
      trust: 'undetermined',
    })
    expect(bindingIn(tokenIn(answer?.content)).aud).toBe(unsigned.clientId)
    await unsigned.close()
  })

  it('may want its request object asked for by POST; its answer holds our nonce (W-27)', async () => {
    verifier.reset({ requestUriMethod: 'post' })
    await show(verifier)
    const [asked] = verifier.requests
    expect(asked).toMatchObject({
      method: 'POST',
      headers: {
        accept: 'application/oauth-authz-req+jwt',
        'content-type': 'application/x-www-form-urlencoded',
      },
    })
    const form = new URLSearchParams(asked?.body)
    expect(form.get('wallet_nonce')).toMatch(/^[\w-]{32}$/)
    expect(JSON.parse(form.get('wallet_metadata') ?? '')).toMatchObject({
      vp_formats_supported: { 'dc+sd-jwt': { 'kb-jwt_alg_values': ['ES256'] } },
      client_id_prefixes_supported: ['x509_hash', 'x509_san_dns', 'redirect_uri'],
    })
  })

  it('may waive holder binding, and then be shown what is bound to no key (W-37)', async () => {
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
    const unbound = wallet.as()
    await receive(unbound, issuer)
    const demanding = await previewRequest(unbound, (await verifier.request()).link)
    expect(demanding.json()).toMatchObject({ satisfiable: false })
    const [course] = courseQuery.credentials
    verifier.reset({
      dcql: { credentials: [{ ...course, require_cryptographic_holder_binding: false }] },
    })
    const { answer } = await show(verifier, unbound)
    expect(tokenIn(answer?.content)).toMatch(/~$/)
  })

  it.each([
    ['unknown members', (payload: object) => ({ ...payload, x_unknown: { a: 1 }, iss: 'whoever' })],
    ['no audience', ({ aud: _aud, ...payload }: Record<string, unknown>) => payload],
    [
      'verifier_info',
      (payload: object) => ({ ...payload, verifier_info: [{ format: 'x', data: 'y' }] }),
    ],
  ])('may send a request with %s', async (_what, changePayload) => {
    verifier.reset({ changePayload })
    expect((await show(verifier)).response.statusCode).toBe(200)
  })

  it.each(['application/jwt', 'text/plain'])('may serve its request as %s', async (type) => {
    verifier.reset({ requestType: type })
    expect((await show(verifier)).response.statusCode).toBe(200)
  })
})

describe('the verifier’s answer (W-41)', () => {
  it.each<[string, object | string, object]>([
    [
      'a place to go on',
      { redirect_uri: 'https://hr.example/done#response_code=1' },
      { redirectUri: 'https://hr.example/done#response_code=1' },
    ],
    ['an app', { redirect_uri: 'se.example.hr://done' }, { redirectUri: 'se.example.hr://done' }],
    ['script', { redirect_uri: 'javascript:alert(1)' }, {}],
    ['script in other letters', { redirect_uri: 'JaVaScRiPt:alert(1)' }, {}],
    ['data', { redirect_uri: 'data:text/html,x' }, {}],
    ['a file', { redirect_uri: 'file:///etc/passwd' }, {}],
    ['a place without encryption', { redirect_uri: 'http://hr.example/done' }, {}],
    ['no text', { redirect_uri: 7 }, {}],
    ['nothing', '', {}],
    ['a page', '<html>', {}],
    ['more than anybody reads', { x: 'x'.repeat(100_000) }, {}],
  ])('with %s is taken', async (_what, body, redirect) => {
    verifier.reset({ answer: () => ({ body }) })
    const { response } = await show(verifier)
    expect([response.statusCode, response.json()]).toEqual([
      200,
      { state: 'submitted', ...redirect },
    ])
  })

  it.each([400, 403, 404])('of %i closes the request', async (status) => {
    verifier.reset({
      answer: () => ({ status, body: { error: 'invalid_request', error_description: 'echo-me' } }),
    })
    const { response, preview } = await show(verifier)
    expect([response.statusCode, problemOf(response)]).toEqual([502, 'verifier-refused'])
    expect(response.body).not.toContain('echo-me')
    const again = await learner.post(`/v1/presentations/${preview.id}/submit`)
    expect(problemOf(again)).toBe('presentation-already-answered')
    const { items } = (await learner.get('/v1/history?limit=2')).json()
    expect(items.map(({ event }: { event: string }) => event)).toEqual([
      'presentation_failed',
      'presented',
    ])
  })

  it('of 503 leaves the request open, and it can be submitted again', async () => {
    let isDown = true
    verifier.reset({ answer: () => (isDown ? { status: 503, body: {} } : { body: {} }) })
    const { response, preview } = await show(verifier)
    expect([response.statusCode, problemOf(response)]).toEqual([502, 'verifier-unreachable'])
    isDown = false
    const again = await (await wallet.another())
      .as(learner.id)
      .post(`/v1/presentations/${preview.id}/submit`)
    expect(again.statusCode).toBe(200)
  })

  it('that sends the wallet elsewhere is not followed (W-28)', async () => {
    verifier.reset({
      answer: () => ({ status: 307, headers: { location: 'http://localhost:1/elsewhere' } }),
    })
    const { response } = await show(verifier)
    expect([response.statusCode, problemOf(response)]).toEqual([502, 'verifier-refused'])
    expect(verifier.answers).toHaveLength(1)
  })
})
