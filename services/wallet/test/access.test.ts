import Type from 'typebox'
import Value from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CredentialDetail, CredentialPage } from '../src/credentials/schemas.ts'
import { HistoryPage } from '../src/history/schemas.ts'
import { AcceptedOffer, OfferPreview } from '../src/offers/schemas.ts'
import { Gaps, Portfolio } from '../src/portfolio/schemas.ts'
import { PresentationOutcome, PresentationPreview } from '../src/presentations/schemas.ts'
import { Progress, ProgressList } from '../src/progress/schemas.ts'
import { ImportedRecords, OwnRecord, RecordPage } from '../src/records/schemas.ts'
import { ShareLink, ShareList } from '../src/shares/schemas.ts'
import { CredentialStatus } from '../src/statuses/describe-status.ts'
import {
  acceptOffer,
  notificationsOf,
  previewRequest,
  receive,
  startTrustedIssuer,
  startTrustedVerifier,
} from './support/flow.ts'
import { anElmoFile } from './support/own-records.ts'
import type { ThirdPartyIssuer } from './support/third-party-issuer.ts'
import type { ThirdPartyVerifier } from './support/third-party-verifier.ts'
import { startWallet, type TestWallet } from './support/wallet.ts'

let wallet: TestWallet
let issuer: ThirdPartyIssuer
let verifier: ThirdPartyVerifier

beforeAll(async () => {
  wallet = await startWallet()
  issuer = await startTrustedIssuer(wallet)
  verifier = await startTrustedVerifier(wallet)
})
afterAll(async () => {
  await wallet.close()
  await issuer.close()
  await verifier.close()
})

const someId = '0190c1a2-0000-7000-8000-000000000001'
const concrete = (url: string) => url.replace(/:\w+|\{\w+\}/, someId)
const protectedRoutes = () => wallet.app.guardedRoutes.filter((route) => !route.public)

describe('every route', () => {
  it('is known: without access token there is nothing but the operator’s', () => {
    const open = wallet.app.guardedRoutes
      .filter((route) => route.public && !/^\/(docs|problems|openapi)/.test(route.url))
      .map(({ url }) => url)
    expect([...new Set(open)].sort()).toEqual(['/livez', '/metrics', '/readyz', '/shares/:secret'])
    expect(new Set(protectedRoutes().map(({ scope }) => scope))).toEqual(new Set(['wallet']))
    expect(protectedRoutes().length).toBeGreaterThanOrEqual(11)
  })

  it('refuses a request without a token', async () => {
    for (const { method, url } of protectedRoutes()) {
      const response = await wallet.app.inject({ method: method as 'GET', url: concrete(url) })
      expect([url, response.statusCode]).toEqual([url, 401])
      expect(response.headers['www-authenticate']).toContain('Bearer')
    }
  })

  it('refuses a token without the scope, and names the scope', async () => {
    const token = await wallet.token('wallets wallet:read awards:write', 'anna')
    for (const { method, url } of protectedRoutes()) {
      const response = await wallet.app.inject({
        method: method as 'GET',
        url: concrete(url),
        headers: { authorization: `Bearer ${token}` },
      })
      expect([url, response.statusCode]).toEqual([url, 403])
      expect(response.headers['www-authenticate']).toContain('scope="wallet"')
    }
  })

  it('refuses what is no access token, whatever else it is (S-04)', async () => {
    const learner = wallet.as()
    await receive(learner, issuer)
    const { link } = await verifier.request()
    const { id } = (await previewRequest(learner, link)).json()
    await learner.post(`/v1/presentations/${id}/submit`)
    const [presentation = ''] = Object(verifier.answers[0]?.content.vp_token).course
    const proof = JSON.parse(
      issuer.requests.find(({ path }) => path === '/credential')?.body ?? '{}',
    ).proofs.jwt[0]
    const requestUri = new URL(link).searchParams.get('request_uri') ?? ''
    const requestObject = await (await fetch(requestUri)).text()
    for (const token of [
      issuer.issued[0]?.split('~')[0],
      presentation.split('~').at(-1),
      proof,
      requestObject,
    ]) {
      expect(token).toMatch(/^eyJ/)
      const response = await wallet.app.inject({
        method: 'GET',
        url: '/v1/credentials',
        headers: { authorization: `Bearer ${token}` },
      })
      expect(response.statusCode).toBe(401)
    }
  })
})

describe('the API document', () => {
  const operations = () =>
    Object.entries(Object(wallet.app.swagger().paths)).flatMap(([path, item]) =>
      Object.entries(Object(item)).map(([method, operation]) => ({
        path,
        method,
        operation: operation as ApiOperation, // what OpenAPI says an operation is
      })),
    )

  it('names, summarises and describes every operation, with all its answers', () => {
    expect(operations().length).toBeGreaterThanOrEqual(14)
    for (const { path, operation } of operations()) {
      expect(operation).toMatchObject({
        operationId: expect.any(String),
        summary: expect.any(String),
        description: expect.any(String),
        tags: [expect.any(String)],
      })
      if (path.startsWith('/v1/'))
        expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['401', '403']))
    }
  })

  it('gives an example of every body and of every answer that has one', () => {
    for (const { path, operation } of operations().filter(({ path }) => path.startsWith('/v1/'))) {
      const success = Object.entries(operation.responses).filter(([status]) => status < '300')
      const contents = [operation.requestBody, ...success.map(([, response]) => response)]
      for (const content of contents.flatMap((part) => part?.content?.['application/json'] ?? []))
        expect([path, examplesOf(content).length]).toEqual([path, 1])
    }
  })

  it('has examples of bodies that work as they stand: each gets a documented answer', async () => {
    const learner = wallet.as()
    let posted = 0
    for (const { path, operation } of operations())
      for (const example of examplesOf(operation.requestBody?.content?.['application/json'])) {
        const response = await learner.post(concrete(path), example)
        // A record is complete in itself. Offers and verifiers do not exist: understood, and not found or not reached.
        const alone = path === '/v1/records' ? 201 : 502
        expect([path, response.statusCode]).toEqual([path, path.includes('{') ? 404 : alone])
        expect(Object.keys(operation.responses)).toContain(String(response.statusCode))
        posted++
      }
    expect(posted).toBeGreaterThanOrEqual(5)
  })

  it('has examples of answers that fit their schemas', () => {
    for (const schema of [
      OfferPreview,
      AcceptedOffer,
      CredentialPage,
      CredentialDetail,
      PresentationPreview,
      PresentationOutcome,
      HistoryPage,
      CredentialStatus,
      ShareLink,
      ShareList,
      ImportedRecords,
      OwnRecord,
      RecordPage,
      Portfolio,
      Gaps,
      Progress,
      ProgressList,
    ]) {
      const { examples } = schema as unknown as { examples: unknown[] } // they all have some, or this fails
      expect(examples.map((example) => [...Value.Errors(schema, example)])).toEqual([[]])
    }
    expect(Value.Check(Type.String({ format: 'uuid' }), 'no id')).toBe(false)
  })
})

describe('the log', () => {
  it('holds no name, claim, token, code, nonce or address of offers and requests', async () => {
    const observed = await wallet.another()
    const learner = observed.as('planted-subject')
    verifier.reset()
    issuer.reset({ txCode: '7081319' })
    const link = issuer.offer('reference')
    await acceptOffer(learner, link, { txCode: '0000000' })
    const [credentialId] = await receive(learner, issuer, { txCode: '7081319' })
    const { url } = (await learner.post(`/v1/credentials/${credentialId}/shares`)).json()
    await observed.app.inject({ method: 'GET', url: new URL(url).pathname })
    await learner.post('/v1/records', { record: anElmoFile('Planterad svetsning') })
    await learner.post('/v1/records', { record: 'planted-record' })
    const request = await verifier.request()
    const { id } = (await previewRequest(learner, request.link)).json()
    await learner.post(`/v1/presentations/${id}/submit`)
    verifier.reset({ answer: () => ({ status: 500, body: { secret: 'echoed-by-verifier' } }) })
    const failing = await verifier.request()
    const second = (await previewRequest(learner, failing.link)).json()
    await learner.post(`/v1/presentations/${second.id}/submit`)
    issuer.behaviour.answer = ({ path }) =>
      path === '/notification' ? { status: 500, body: { secret: 'echoed-by-issuer' } } : undefined
    await learner.delete(`/v1/credentials/${credentialId}`)
    issuer.reset({ changeToken: () => 'planted-credential' })
    await acceptOffer(learner, issuer.offer())
    await notificationsOf(issuer, 1)
    await learner.get('/v1/credentials?cursor=planted-cursor')

    const log = observed.logs.join('\n')
    expect(log).toContain('/v1/offers/:offer/accept')
    expect(log).toContain('credential-rejected')
    for (const secret of [
      'Planterad',
      'Svetsning',
      'planted',
      'echoed',
      '7081319',
      '0000000',
      'token-',
      'eyJ',
      'openid4vp:',
      'openid-credential-offer:',
      new URL(url).pathname,
      request.nonce,
      request.state,
      issuer.identifier,
      new URL(request.link).searchParams.get('request_uri') ?? 'request_uri',
    ])
      expect([secret, log.includes(secret)]).toEqual([secret, false])
  })
})

interface ApiContent {
  readonly example?: unknown
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>
}

interface ApiOperation {
  readonly requestBody?: { readonly content?: Readonly<Record<string, ApiContent>> }
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, ApiContent>> }>
  >
}

const examplesOf = (content: ApiContent | undefined): unknown[] => [
  ...(content?.example === undefined ? [] : [content.example]),
  ...Object.values(content?.examples ?? {}).map(({ value }) => value),
]
