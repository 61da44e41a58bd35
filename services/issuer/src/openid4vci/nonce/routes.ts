import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { oauthErrorHandler } from '@mikromerit/service-kit'
import Type from 'typebox'
import { OrganisationParams } from '../../organisations/schemas.ts'
import type { Runtime } from '../../runtime.ts'
import { findIssuer } from '../find-issuer.ts'
import { ProtocolError } from '../schemas.ts'
import { issueNonce } from './issue-nonce.ts'

const NonceResponse = Type.Object(
  { c_nonce: Type.String() },
  { examples: [{ c_nonce: 'wKI4LT17ac15ES9bw8ac4d2Zc0h8Yk5uUqXb9n1pVtA' }] },
)

/** OpenID4VCI 7: the nonce endpoint. Nothing is read from the body, whatever its type (I-28). */
export const nonceRoutes: FastifyPluginAsyncTypebox<{ runtime: Runtime }> = async (
  app,
  { runtime },
) => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: 1_024 }, async () => undefined)
  app.setErrorHandler(oauthErrorHandler({ validationError: 'invalid_request' }))

  app.post('/nonce', {
    config: { public: true },
    schema: {
      operationId: 'requestNonce',
      tags: ['OpenID4VCI'],
      summary: 'A fresh nonce for a key proof',
      description: 'OpenID4VCI 1.0 section 7. Needs no token and no body. A nonce works once.',
      params: OrganisationParams,
      response: { 200: NonceResponse, 404: ProtocolError },
    },
    onRequest: [findIssuer(runtime.issuers)],
    handler: async (request, reply) => {
      reply.header('cache-control', 'no-store')
      return issueNonce(runtime, request)
    },
  })
}
