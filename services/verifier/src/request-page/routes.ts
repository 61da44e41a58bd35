import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { problemResponses } from '@mikromerit/service-kit'
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { VerifierContext } from '../context.ts'
import { takeBrowserAnswer } from '../openid4vp/browser-answer.ts'
import { maxResponseLength } from '../openid4vp/jwe.ts'
import type { EventStreams } from '../presentation-requests/events.ts'
import {
  enterPage,
  findPage,
  type PagedRequest,
  releaseReport,
  requireSession,
} from '../presentation-requests/page-access.ts'
import { readRequest } from '../presentation-requests/read-request.ts'
import { pageUriOf } from '../presentation-requests/request-addresses.ts'
import { BrowserAnswer, PresentationRequest } from '../presentation-requests/schemas.ts'
import { findWalletRequest } from '../presentation-requests/wallet-requests.ts'
import { choosePageLanguage } from '../verification-page/page.ts'
import { describePage } from './describe-page.ts'
import { buildRequestPage, requestPagePolicy } from './page.ts'
import { PageParams, PageQuery, RequestPageView, ResultQuestion } from './schemas.ts'
import { readSessionCookie, writeSessionCookie } from './session-cookie.ts'

export interface RequestPageOptions {
  readonly context: VerifierContext
  readonly streams: EventStreams
}

const tags = ['Presentation requests']
const params = PageParams

/** The page of a request: for the one browser that opens it first, and without an access token. */
export const requestPageRoutes: FastifyPluginAsyncTypebox<RequestPageOptions> = async (
  app,
  { context, streams },
) => {
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
  })
  /** The page's request, for the browser whose session it is (S-16). */
  const findOwnPage = async ({ headers }: FastifyRequest, pageSecret: string) => {
    const page = await findPage(context, pageSecret)
    await requireSession(context, page, readSessionCookie(headers.cookie))
    return page
  }

  const sendEvents = async (reply: FastifyReply, page: PagedRequest) =>
    reply.type('text/event-stream').send(await streams.open(page))

  app.get('/request/:page', {
    config: { public: true },
    schema: {
      operationId: 'getRequestPage',
      tags,
      summary: 'A page that shows a request and follows it to its end',
      description:
        'Swedish or English: the QR code, or the link on the same device, or a button where the browser has the Digital Credentials API. What is on it comes by the routes below, for one browser alone.',
      params,
      querystring: PageQuery,
      produces: ['text/html'],
      response: {
        200: Type.String({ description: 'HTML', examples: ['<!doctype html><html>…</html>'] }),
        ...problemResponses(400),
      },
    },
    handler: async ({ query, headers }, reply) =>
      reply
        .headers({ 'content-security-policy': requestPagePolicy, vary: 'accept-language' })
        .type('text/html; charset=utf-8')
        .send(buildRequestPage(choosePageLanguage(query.lang, headers['accept-language']))),
  })

  app.post('/request/:page/session', {
    config: { public: true },
    schema: {
      operationId: 'enterRequestPage',
      tags,
      summary: 'What the page shows; the first browser to ask gets a session',
      description: 'The session is a cookie for this page. Any other browser is refused.',
      params,
      response: { 200: RequestPageView, ...problemResponses(400, 404, 409) },
    },
    handler: async (request, reply) => {
      const { page: pageSecret } = request.params
      const page = await findPage(context, pageSecret)
      const session = await enterPage(context, page, readSessionCookie(request.headers.cookie))
      const uri = pageUriOf(context.config.PUBLIC_URL, pageSecret)
      if (session) reply.header('set-cookie', writeSessionCookie(session, uri, page.deleteAt))
      return reply.send(await describePage(context, page))
    },
  })

  app.get('/request/:page/events', {
    config: { public: true },
    schema: {
      operationId: 'listenToRequestPage',
      tags,
      summary: 'The state of the page’s request, as server-sent events',
      description: 'For the browser that has the session; as the events of the request itself.',
      params,
      response: {
        200: {
          description: 'Server-sent events',
          content: {
            'text/event-stream': {
              schema: { type: 'string', examples: ['event: state\ndata: {"state":"pending"}\n\n'] },
            },
          },
        },
        ...problemResponses(400, 404, 409, 503),
      },
    },
    handler: async (request, reply) =>
      sendEvents(reply, await findOwnPage(request, request.params.page)),
  })

  app.post('/request/:page/result', {
    config: { public: true },
    schema: {
      operationId: 'readRequestPageResult',
      tags,
      summary: 'The result, for the page',
      description:
        'With the code that the wallet brought back, where the request was made for one: from then on whoever made the request may read the report, too.',
      params,
      body: ResultQuestion,
      response: { 200: PresentationRequest, ...problemResponses(400, 403, 404, 409) },
    },
    handler: async (request) => {
      const page = await findOwnPage(request, request.params.page)
      const result = await readRequest(context, { ...page, ...request.body })
      if (request.body.responseCode !== undefined) await releaseReport(context, page)
      return result
    },
  })

  app.post('/request/:page/dc-api-response', {
    config: { public: true },
    bodyLimit: maxResponseLength,
    schema: {
      operationId: 'takeDigitalCredentialOnPage',
      tags,
      summary: 'What the browser’s Digital Credentials API gave the page',
      description:
        'As POST /v1/presentation-requests/{id}/dc-api-response, for the browser that has the session.',
      params,
      body: BrowserAnswer,
      response: { 200: PresentationRequest, ...problemResponses(400, 404, 409) },
    },
    handler: async (request) => {
      const page = await findOwnPage(request, request.params.page)
      await takeBrowserAnswer(context, await findWalletRequest(context, page.secret), request.body)
      return readRequest(context, page)
    },
  })
}
