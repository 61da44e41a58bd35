import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { oauthErrorHandler, openProtocolSchemas } from '@mikromerit/service-kit'
import { OrganisationParams } from '../../organisations/schemas.ts'
import type { Runtime } from '../../runtime.ts'
import { findIssuer } from '../find-issuer.ts'
import { ProtocolError } from '../schemas.ts'
import { checkConfiguration } from './check-configuration.ts'
import { refuseEncryption } from './check-encryption.ts'
import { checkNonce } from './check-nonce.ts'
import { checkProof } from './check-proof.ts'
import { answerCredentialRequest } from './issue.ts'
import { readProof } from './read-proof.ts'
import { requireAccessToken } from './require-access-token.ts'
import { CredentialRequest, CredentialResponse } from './schemas.ts'

/** OpenID4VCI 8: the credential endpoint, step by step in the specification's order. */
export const credentialRoutes: FastifyPluginAsyncTypebox<{ runtime: Runtime }> = async (
  app,
  { runtime },
) => {
  openProtocolSchemas(app)
  app.setErrorHandler(oauthErrorHandler({ validationError: 'invalid_credential_request' }))

  app.post('/credential', {
    config: { public: true },
    schema: {
      operationId: 'requestCredential',
      tags: ['OpenID4VCI'],
      summary: 'Fetch the credential an access token stands for',
      description:
        'OpenID4VCI 1.0 section 8, with the access token of the token endpoint. One proof of type jwt, its key in the header parameter jwk.',
      security: [{ walletAccessToken: [] }],
      params: OrganisationParams,
      body: CredentialRequest,
      response: {
        200: CredentialResponse,
        400: ProtocolError,
        401: ProtocolError,
        403: ProtocolError,
        404: ProtocolError,
      },
    },
    onRequest: [findIssuer(runtime.issuers), requireAccessToken(runtime)],
    preHandler: [
      checkConfiguration,
      refuseEncryption,
      readProof,
      checkProof(runtime),
      checkNonce(runtime),
    ],
    handler: async (request, reply) => {
      reply.header('cache-control', 'no-store')
      return answerCredentialRequest(runtime, request)
    },
  })
}
