import { OAuthError } from '@mikromerit/service-kit'
import type { FastifyRequest } from 'fastify'
import {
  type NotificationEvent,
  notificationEvents,
} from '../../credentials/notification-events.ts'
import { recordNotification } from '../../credentials/notifications.ts'
import type { Runtime } from '../../runtime.ts'
import { established } from '../exchange.ts'
import type { NotificationRequest } from './schemas.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** OpenID4VCI 11: notes what became of a credential. Saying the same again changes nothing (I-44). */
export async function acceptNotification(
  runtime: Runtime,
  request: FastifyRequest<{ Body: NotificationRequest }>,
) {
  const { notification_id: id, event } = request.body
  if (!isNotificationEvent(event))
    throw new OAuthError(
      'invalid_notification_request',
      'The event is not one of the specification',
    )
  const { organisationId } = established(request, 'issuer')
  const { offerId } = established(request, 'accessToken')
  const known =
    offerId !== undefined &&
    uuid.test(id) &&
    (await recordNotification(runtime, { organisationId, offerId, id, event }))
  if (!known)
    throw new OAuthError(
      'invalid_notification_id',
      'No credential fetched with this access token has this notification_id',
    )
}

const isNotificationEvent = (event: string): event is NotificationEvent =>
  notificationEvents.some((known) => known === event)
