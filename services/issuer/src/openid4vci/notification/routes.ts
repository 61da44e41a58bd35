import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { oauthErrorHandler, openProtocolSchemas } from '@mikromerit/service-kit'
import Type from 'typebox'
import { OrganisationParams } from '../../organisations/schemas.ts'
import type { Runtime } from '../../runtime.ts'
import { requireAccessToken } from '../credential/require-access-token.ts'
import { findIssuer } from '../find-issuer.ts'
import { ProtocolError } from '../schemas.ts'
import { acceptNotification } from './accept-notification.ts'
import { NotificationRequest } from './schemas.ts'

/** OpenID4VCI 11: the notification endpoint. */
export const notificationRoutes: FastifyPluginAsyncTypebox<{ runtime: Runtime }> = async (
  app,
  { runtime },
) => {
  openProtocolSchemas(app)
  app.setErrorHandler(oauthErrorHandler({ validationError: 'invalid_notification_request' }))

  app.post('/notification', {
    config: { public: true },
    schema: {
      operationId: 'notifyIssuer',
      tags: ['OpenID4VCI'],
      summary: 'Tell what became of a credential',
      description: 'OpenID4VCI 1.0 section 11. Saying the same again changes nothing.',
      security: [{ walletAccessToken: [] }],
      params: OrganisationParams,
      body: NotificationRequest,
      response: {
        204: Type.Null({ description: 'Noted' }),
        400: ProtocolError,
        401: ProtocolError,
        404: ProtocolError,
      },
    },
    onRequest: [findIssuer(runtime.issuers), requireAccessToken(runtime)],
    handler: async (request, reply) => {
      await acceptNotification(runtime, request)
      return reply.code(204).header('cache-control', 'no-store').send(null)
    },
  })
}
