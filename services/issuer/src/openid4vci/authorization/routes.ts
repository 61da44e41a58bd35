import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  OAuthError,
  oauthErrorHandler,
  openProtocolSchemas,
  registerFormBody,
} from '@mikromerit/service-kit'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { OrganisationParams } from '../../organisations/schemas.ts'
import type { Runtime } from '../../runtime.ts'
import { findIssuer } from '../find-issuer.ts'
import { ProtocolError } from '../schemas.ts'
import { readAuthorizationDetails } from '../token/read-authorization-details.ts'
import { authorize } from './authorize.ts'
import { buildErrorPage, sendPage } from './consent-page.ts'
import { decide } from './decide.ts'
import {
  checkParameters,
  pushRequest,
  readScopes,
  requireClient,
  requireSignIn,
} from './push-request.ts'
import { returnFromSignIn } from './return-from-sign-in.ts'
import {
  AuthorizeQuery,
  CallbackQuery,
  Decision,
  Nothing,
  Page,
  PushedRequest,
  PushedResponse,
} from './schemas.ts'

/** RFC 9126: the pushed authorization request endpoint. */
export const pushRoutes: FastifyPluginAsyncTypebox<{ runtime: Runtime }> = async (
  app,
  { runtime },
) => {
  openProtocolSchemas(app)
  await registerFormBody(app)
  app.setErrorHandler(oauthErrorHandler())

  app.post('/par', {
    config: { public: true },
    schema: {
      operationId: 'pushAuthorizationRequest',
      tags: ['OpenID4VCI'],
      summary: 'Push an authorization request',
      description:
        'RFC 9126, with PKCE S256. Names its credentials by scope or authorization_details, and the offer by issuer_state.',
      security: [],
      params: OrganisationParams,
      consumes: ['application/x-www-form-urlencoded'],
      body: PushedRequest,
      response: { 201: PushedResponse, 400: ProtocolError, 401: ProtocolError, 404: ProtocolError },
    },
    onRequest: [findIssuer(runtime.issuers)],
    preHandler: [
      requireSignIn,
      requireClient(runtime),
      checkParameters,
      readAuthorizationDetails,
      readScopes,
    ],
    handler: async (request, reply) =>
      reply
        .code(201)
        .header('cache-control', 'no-store')
        .send(await pushRequest(runtime, request)),
  })
}

// Browsers go here, not programs: the metadata names the place, and no answer of it is a 2xx one to describe.
const hide = true

/** RFC 6749 4.1.1: where the learner's browser is sent, and decides. */
export const authorizeRoutes: FastifyPluginAsyncTypebox<{ runtime: Runtime }> = async (
  app,
  { runtime },
) => {
  openProtocolSchemas(app)
  await registerFormBody(app)
  app.setErrorHandler(answerWithPage)

  app.get('/authorize', {
    config: { public: true },
    schema: { hide, params: OrganisationParams, querystring: AuthorizeQuery },
    onRequest: [findIssuer(runtime.issuers)],
    handler: (request, reply) => authorize(runtime, request, reply),
  })

  app.post('/authorize/decision', {
    config: { public: true },
    schema: { hide, params: OrganisationParams, body: Decision },
    onRequest: [findIssuer(runtime.issuers)],
    handler: (request, reply) => decide(runtime, request, reply),
  })
}

/** OpenID Connect Core 3.1.2.5: back from the provider, for all organisations at one address. */
export const callbackRoutes: FastifyPluginAsyncTypebox<{ runtime: Runtime }> = async (
  app,
  { runtime },
) => {
  openProtocolSchemas(app)
  app.setErrorHandler(answerWithPage)

  app.get('/sign-in/callback', {
    config: { public: true },
    schema: {
      operationId: 'returnFromSignIn',
      tags: ['OpenID4VCI'],
      summary: 'Come back from sign-in',
      description: 'The redirect URI to register at the OpenID provider. Its state works once.',
      security: [],
      querystring: CallbackQuery,
      produces: ['text/html'],
      response: { 200: Page, 303: Nothing, 400: Page },
    },
    handler: (request, reply) => returnFromSignIn(runtime, request, reply),
  })
}

const answerAsJson = oauthErrorHandler()

/** A learner gets a page; what is no refusal of the protocol is told as everywhere. */
function answerWithPage(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  if (!(error instanceof OAuthError)) return answerAsJson(error, request, reply)
  request.outcome = error.error
  return sendPage(reply.code(error.status), buildErrorPage(request, error.error))
}
