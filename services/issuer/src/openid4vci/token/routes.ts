import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { oauthErrorHandler, openProtocolSchemas, registerFormBody } from '@mikromerit/service-kit'
import type { FastifyRequest } from 'fastify'
import { OrganisationParams } from '../../organisations/schemas.ts'
import type { Runtime } from '../../runtime.ts'
import { findIssuer } from '../find-issuer.ts'
import { ProtocolError } from '../schemas.ts'
import { authenticateClient } from './authenticate-client.ts'
import { checkPreAuthorizedCode } from './check-code.ts'
import { readAuthorizationDetails } from './read-authorization-details.ts'
import { requireKnownGrant } from './read-grant.ts'
import { redeemCode } from './redeem.ts'
import { redeemAuthorizationCode, redeemRefreshToken } from './redeem-authorization.ts'
import { TokenRequest, TokenResponse } from './schemas.ts'

/** OpenID4VCI 6: the token endpoint. Only form bodies are read here (I-15). */
export const tokenRoutes: FastifyPluginAsyncTypebox<{ runtime: Runtime }> = async (
  app,
  { runtime },
) => {
  openProtocolSchemas(app)
  app.removeAllContentTypeParsers()
  await registerFormBody(app)
  app.setErrorHandler(oauthErrorHandler({ validationError: 'invalid_request' }))

  app.post('/token', {
    config: { public: true },
    schema: {
      operationId: 'requestToken',
      tags: ['OpenID4VCI'],
      summary: 'Exchange a code for an access token',
      description:
        'OpenID4VCI 1.0 section 6, for pre-authorized codes, authorization codes and refresh tokens. A code works once; after five wrong transaction codes a pre-authorized one is dead. With authorization_details the token covers the credentials they name alone.',
      params: OrganisationParams,
      consumes: ['application/x-www-form-urlencoded'],
      body: TokenRequest,
      response: { 200: TokenResponse, 400: ProtocolError, 404: ProtocolError },
    },
    onRequest: [findIssuer(runtime.issuers)],
    preHandler: [
      requireKnownGrant,
      authenticateClient,
      readAuthorizationDetails,
      checkPreAuthorizedCode(runtime.offerSecrets),
    ],
    handler: async (request, reply) => {
      reply.header('cache-control', 'no-store')
      return redeem(runtime, request)
    },
  })
}

function redeem(runtime: Runtime, request: FastifyRequest<{ Body: TokenRequest }>) {
  const { grant_type: grant } = request.body
  if (grant === 'authorization_code') return redeemAuthorizationCode(runtime, request)
  if (grant === 'refresh_token') return redeemRefreshToken(runtime, request)
  return redeemCode(runtime, request)
}
