import Type, { type Static } from 'typebox'

/** OpenID4VCI 11.1. `event` is checked by a step: an unknown one has its own error code. */
export const NotificationRequest = Type.Object(
  {
    notification_id: Type.String({ maxLength: 200 }),
    event: Type.String({ maxLength: 100 }),
    event_description: Type.Optional(Type.String({ maxLength: 2_000 })),
  },
  {
    examples: [
      {
        notification_id: '0190c1a2-0000-7000-8000-000000000003',
        event: 'credential_accepted',
      },
    ],
  },
)
export type NotificationRequest = Static<typeof NotificationRequest>
