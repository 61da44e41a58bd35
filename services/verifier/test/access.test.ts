import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRequest, present } from './flow.ts'
import { startVerifier, type TestVerifier } from './support.ts'
import { aHolder, startTestIssuer, type TestIssuer } from './test-issuer.ts'

let verifier: TestVerifier
let issuer: TestIssuer

beforeAll(async () => {
  verifier = await startVerifier()
  issuer = await startTestIssuer({
    certifiedIn: verifier.config.DATA_DIR,
    now: () => verifier.clock.now(),
  })
})
afterAll(async () => {
  await issuer.close()
  await verifier.close()
})

const protectedRoutes = () => verifier.app.guardedRoutes.filter((route) => !route.public)
const concrete = (url: string) => url.replace(':id', '0190c1a2-0000-7000-8000-000000000001')

describe('every route', () => {
  it('is known: those without access token are the wallet’s, the operator’s and the page’s', () => {
    const open = verifier.app.guardedRoutes
      .filter((route) => route.public && !/^\/(docs|problems|openapi)/.test(route.url))
      .map(({ url }) => url)
    expect([...new Set(open)].sort()).toEqual([
      '/.well-known/did.json',
      '/livez',
      '/metrics',
      '/openid4vp/requests/:handle',
      '/openid4vp/responses/:handle',
      '/readyz',
      '/request/:page',
      '/request/:page/dc-api-response',
      '/request/:page/events',
      '/request/:page/result',
      '/request/:page/session',
      '/verify',
    ])
    expect(protectedRoutes().length).toBeGreaterThan(10)
  })

  it('refuses a request without a token', async () => {
    for (const { method, url } of protectedRoutes()) {
      const response = await verifier.app.inject({ method: method as 'GET', url: concrete(url) })
      expect([url, response.statusCode]).toEqual([url, 401])
      expect(response.headers['www-authenticate']).toContain('Bearer')
    }
  })

  it('refuses a token without its scope, and names the scope', async () => {
    const token = await verifier.token('unrelated:write wallet')
    for (const { method, url, scope } of protectedRoutes()) {
      const response = await verifier.app.inject({
        method: method as 'GET',
        url: concrete(url),
        headers: { authorization: `Bearer ${token}` },
      })
      expect([url, response.statusCode]).toEqual([url, 403])
      expect(response.headers['www-authenticate']).toContain(`scope="${scope}"`)
    }
  })

  it('refuses what is no access token of ours, whatever else it is (S-04)', async () => {
    const holder = aHolder()
    const { request, requestUri } = await openRequest(verifier)
    const credential = await issuer.issue({ holder })
    const presentation = await verifier.wallet.present(request, credential, holder)
    const list = await fetch(issuer.statusListUri)
    for (const token of [
      (await verifier.wallet.getRequest(requestUri)).body,
      credential.split('~')[0],
      presentation.split('~').at(-1),
      await list.text(),
    ]) {
      const response = await verifier.app.inject({
        method: 'GET',
        url: '/v1/policies',
        headers: { authorization: `Bearer ${token}` },
      })
      expect(response.statusCode).toBe(401)
    }
  })
})

describe('the API document', () => {
  it('has examples that work as they stand', async () => {
    const document = verifier.app.swagger() as unknown as ApiDocument
    const scope = 'verifications:write presentation-requests:write policies:write trust:write'
    const caller = verifier.as(scope)
    let posted = 0
    for (const [path, operations] of Object.entries(document.paths))
      for (const [method, { requestBody }] of Object.entries(operations)) {
        const content = requestBody?.content['application/json']
        const examples = [
          ...(content?.example === undefined ? [] : [content.example]),
          ...Object.values(content?.examples ?? {}).map(({ value }) => value),
        ]
        // What a browser gives is made for one request: browser-answers.test.ts hands it in.
        // What a page sends, its browser alone may send: request-page.test.ts does.
        if (path.endsWith('/dc-api-response') || path.startsWith('/request/')) continue
        for (const example of examples) {
          const url = path.replace('{id}', 'example')
          posted++
          const response = await (method === 'put'
            ? caller.put(url, example)
            : caller.post(url, example))
          expect([path, response.statusCode, response.body]).toEqual([
            path,
            expect.toSatisfy((status: number) => status < 300),
            expect.anything(),
          ])
        }
      }
    expect(posted).toBe(10)
  })

  it('names, summarises and describes every operation', () => {
    const document = verifier.app.swagger() as unknown as ApiDocument
    for (const operations of Object.values(document.paths))
      for (const operation of Object.values(operations))
        expect(operation).toMatchObject({
          operationId: expect.any(String),
          summary: expect.any(String),
          description: expect.any(String),
          tags: [expect.any(String)],
        })
  })
})

interface ApiDocument {
  readonly paths: Record<
    string,
    Record<
      string,
      {
        readonly requestBody?: {
          readonly content: Record<
            string,
            {
              readonly example?: unknown
              readonly examples?: Record<string, { readonly value: unknown }>
            }
          >
        }
      }
    >
  >
}

describe('the log', () => {
  it('holds no claim, token, nonce, state or address of a request', async () => {
    await present(verifier, issuer, { presentation: { disclose: ['family_name'] } })
    const holder = aHolder()
    const { request, requestUri } = await openRequest(verifier)
    const credential = await issuer.issue({ holder })
    const token = await verifier.wallet.present(request, credential, holder, { nonce: 'x' })
    await verifier.wallet.answer(request, { micro_credential: [token] })
    await verifier.as('verifications:write').post('/v1/verifications', { credential })
    await verifier.wallet.postForm(request.response_uri, { vp_token: token, state: request.state })
    const log = verifier.logs.join('\n')
    expect(log).toContain('/openid4vp/responses/:handle')
    for (const secret of [
      'Planteradsson',
      'affärs',
      request.nonce,
      request.state,
      requestUri.split('/').at(-1) ?? '',
      credential.slice(0, 40),
      token.slice(-40),
    ])
      expect(log).not.toContain(secret)
  })
})
