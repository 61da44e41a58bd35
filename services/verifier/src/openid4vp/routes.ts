import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  OAuthError,
  oauthErrorHandler,
  oauthErrorResponses,
  openProtocolSchemas,
  registerFormBody,
} from '@mikromerit/service-kit'
import Type from 'typebox'
import type { VerifierContext } from '../context.ts'
import { takeAnswer } from './answer.ts'
import { maxResponseLength } from './jwe.ts'
import { provideRequestObject } from './provide-request-object.ts'
import { HandleParams, RequestUriForm, ResponseAnswer, ResponseForm } from './schemas.ts'

const requestObjectType = 'application/oauth-authz-req+jwt'
const form = ['application/x-www-form-urlencoded']

const RequestObject = Type.String({
  description: 'A signed JWT of type oauth-authz-req+jwt; encrypted when the wallet gave a key',
  examples: [
    'eyJ0eXAiOiJvYXV0aC1hdXRoei1yZXErand0IiwiYWxnIjoiRVMyNTYifQ.eyJub25jZSI6Ii4uLiJ9.c2ln',
  ],
})

/** What a wallet meets: request URI and response URI (OpenID4VP 1.0). */
export const openid4vpRoutes: FastifyPluginAsyncTypebox<{ context: VerifierContext }> = async (
  app,
  { context },
) => {
  openProtocolSchemas(app)
  await registerFormBody(app)
  app.setErrorHandler(oauthErrorHandler({ validationError: 'invalid_request' }))
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
  })

  app.get('/openid4vp/requests/:handle', {
    config: { public: true },
    schema: {
      operationId: 'getRequestObject',
      tags: ['OpenID4VP'],
      summary: 'The signed request object',
      description: 'OpenID4VP 1.0, section 5: fetched by the wallet from request_uri.',
      params: HandleParams,
      produces: [requestObjectType],
      response: { 200: RequestObject, ...oauthErrorResponses(404) },
    },
    handler: async ({ params: { handle } }, reply) =>
      reply.type(requestObjectType).send(await provideRequestObject(context, handle)),
  })

  app.post('/openid4vp/requests/:handle', {
    config: { public: true },
    schema: {
      operationId: 'postRequestObject',
      tags: ['OpenID4VP'],
      summary: 'The signed request object, with what the wallet says of itself',
      description:
        'OpenID4VP 1.0, section 5.10 (request_uri_method post): wallet_nonce comes back in the request object.',
      params: HandleParams,
      consumes: form,
      body: Type.Union([RequestUriForm, Type.Null()]),
      produces: [requestObjectType],
      response: { 200: RequestObject, ...oauthErrorResponses(400, 404) },
    },
    handler: async ({ params: { handle }, body }, reply) =>
      reply.type(requestObjectType).send(await provideRequestObject(context, handle, body ?? {})),
  })

  app.post('/openid4vp/responses/:handle', {
    config: { public: true },
    bodyLimit: maxResponseLength,
    schema: {
      operationId: 'postAuthorizationResponse',
      tags: ['OpenID4VP'],
      summary: "The wallet's answer",
      description:
        'OpenID4VP 1.0, sections 8.2 and 8.3: direct_post.jwt or direct_post, whichever was asked for, or an error. The first answer counts.',
      params: HandleParams,
      consumes: form,
      body: ResponseForm,
      response: { 200: ResponseAnswer, ...oauthErrorResponses(400) },
    },
    handler: async ({ params: { handle }, body }) => {
      if (!body) throw new OAuthError('invalid_request', 'The request has no form.')
      return takeAnswer(context, handle, body)
    },
  })
}
