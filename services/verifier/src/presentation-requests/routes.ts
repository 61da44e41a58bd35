import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { IdempotencyHeaders, problemResponses } from '@mikromerit/service-kit'
import type { FastifyReply } from 'fastify'
import { ownerOf } from '../access/owner.ts'
import type { VerifierContext } from '../context.ts'
import { takeBrowserAnswer } from '../openid4vp/browser-answer.ts'
import { maxResponseLength } from '../openid4vp/jwe.ts'
import { createRequest } from './create-request.ts'
import type { EventStreams } from './events.ts'
import { type RequestReference, readRequest } from './read-request.ts'
import {
  BrowserAnswer,
  CreatedPresentationRequest,
  PresentationRequest,
  PresentationRequestDraft,
  RequestParams,
  RequestQuery,
} from './schemas.ts'
import { findWalletRequestOfOwner } from './wallet-requests.ts'

export interface PresentationRequestOptions {
  readonly context: VerifierContext
  readonly streams: EventStreams
}

const eventStream = 'text/event-stream'

/** Presentation requests, as the one who asks sees them. What the wallet sees is in openid4vp/. */
export const presentationRequestRoutes: FastifyPluginAsyncTypebox<
  PresentationRequestOptions
> = async (app, { context, streams }) => {
  const sendEvents = async (reply: FastifyReply, reference: RequestReference) => {
    const events = await streams.open(reference)
    return reply.type(eventStream).header('cache-control', 'no-store').send(events)
  }

  app.post('/v1/presentation-requests', {
    config: { scope: 'presentation-requests:write' },
    schema: {
      operationId: 'createPresentationRequest',
      tags: ['Presentation requests'],
      summary: 'Ask a learner to show credentials',
      description:
        'Show authorizationRequest as a QR code or a link; a wallet that follows OpenID4VP 1.0 takes it from there. Then read the state, or listen to the events.',
      headers: IdempotencyHeaders,
      body: PresentationRequestDraft,
      response: {
        201: CreatedPresentationRequest,
        ...problemResponses(400, 401, 403, 404, 422),
      },
    },
    handler: async ({ access, headers, body: draft }, reply) => {
      const key = headers['idempotency-key']
      const created = await createRequest(context, ownerOf(access), draft, key)
      const location = `${context.config.PUBLIC_URL}/v1/presentation-requests/${created.id}`
      return reply.code(201).header('location', location).send(created)
    },
  })

  app.post('/v1/presentation-requests/:id/dc-api-response', {
    config: { scope: 'presentation-requests:write' },
    bodyLimit: maxResponseLength,
    schema: {
      operationId: 'takeDigitalCredential',
      tags: ['Presentation requests'],
      summary: 'Hand in what the browser’s Digital Credentials API gave',
      description:
        'OpenID4VP 1.0, appendix A: for requests of response mode dc_api.jwt or dc_api, from the page that called navigator.credentials.get(). The first answer counts; what is wrong in it stands in the report, which is then read from the request.',
      params: RequestParams,
      body: BrowserAnswer,
      response: {
        200: PresentationRequest,
        ...problemResponses(400, 401, 403, 404, 409),
      },
    },
    handler: async ({ access, params: { id }, body }, reply) => {
      const reference = { ownerId: ownerOf(access), id }
      // Whether there is such a request at all is said first.
      await readRequest(context, reference)
      await takeBrowserAnswer(context, await findWalletRequestOfOwner(context, reference), body)
      return reply.header('cache-control', 'no-store').send(await readRequest(context, reference))
    },
  })

  app.get('/v1/presentation-requests/:id', {
    config: { scope: 'presentation-requests:read' },
    schema: {
      operationId: 'getPresentationRequest',
      tags: ['Presentation requests'],
      summary: 'The state of a request, and its report',
      description:
        'Only for whoever made it: the organisation of the token, else its subject. With Accept: text/event-stream the same as the events below.',
      params: RequestParams,
      querystring: RequestQuery,
      response: { 200: PresentationRequest, ...problemResponses(400, 401, 403, 404, 503) },
    },
    handler: async ({ access, params, query, headers: { accept } }, reply) => {
      const reference = { ownerId: ownerOf(access), ...params, ...query }
      if (accept?.includes(eventStream)) return sendEvents(reply, reference)
      return reply
        .headers({ 'cache-control': 'no-store', vary: 'Accept' })
        .send(await readRequest(context, reference))
    },
  })

  app.get('/v1/presentation-requests/:id/events', {
    config: { scope: 'presentation-requests:read' },
    schema: {
      operationId: 'listenToPresentationRequest',
      tags: ['Presentation requests'],
      summary: 'The state of a request, as server-sent events',
      description:
        'An event `state` now and at each change, with the same JSON as reading the request; the stream ends with the last state.',
      params: RequestParams,
      querystring: RequestQuery,
      response: {
        200: {
          description: 'Server-sent events',
          content: {
            'text/event-stream': {
              schema: { type: 'string', examples: ['event: state\ndata: {"state":"pending"}\n\n'] },
            },
          },
        },
        ...problemResponses(400, 401, 403, 404, 503),
      },
    },
    handler: ({ access, params, query }, reply) =>
      sendEvents(reply, { ownerId: ownerOf(access), ...params, ...query }),
  })
}
