import { awardStatuses } from '@mikromerit/credentials'
import Type, { type Static } from 'typebox'
import { notificationEvents } from './notification-events.ts'

/** A credential that was made from an award. The credential itself is not kept. */
export const IssuedCredential = Type.Object(
  {
    id: Type.String({ format: 'uuid', description: 'Its jti is urn:uuid: and this' }),
    configurationId: Type.String({ description: 'The credential configuration it was asked by' }),
    status: Type.Enum(awardStatuses, { description: 'What its status list says' }),
    issuedAt: Type.String({ format: 'date-time' }),
    expiresAt: Type.Optional(
      Type.String({
        format: 'date-time',
        description:
          'When it technically expires. Absent: it does not, being an Open Badge of a lasting competence',
      }),
    ),
    notification: Type.Optional(
      Type.Object(
        {
          event: Type.Enum(notificationEvents),
          at: Type.String({ format: 'date-time' }),
        },
        { additionalProperties: false, description: 'What the wallet last said became of it' },
      ),
    ),
  },
  { additionalProperties: false, description: 'A credential made from an award' },
)
export type IssuedCredential = Static<typeof IssuedCredential>
