import { pageOf } from '@mikromerit/service-kit'
import Type, { type Static } from 'typebox'
import { historyEvents } from './events.ts'

const Counterpart = Type.Object(
  {
    identifier: Type.String({ description: 'Credential Issuer Identifier or client_id' }),
    host: Type.String(),
    name: Type.Optional(Type.String()),
  },
  { description: 'The issuer or verifier on the other side, where there is one' },
)

const HistoryCredential = Type.Object({
  credentialId: Type.Optional(Type.String({ format: 'uuid' })),
  title: Type.String(),
  disclosed: Type.Optional(
    Type.Array(Type.String(), {
      description:
        'Paths of the selectively disclosable claims that were shown, joined by dots; of a VC-JWT, which is shown whole, everything in it',
    }),
  ),
})

export const HistoryDetail = Type.Object({
  counterpart: Type.Optional(Counterpart),
  credentials: Type.Array(HistoryCredential),
  presentationId: Type.Optional(Type.String({ format: 'uuid' })),
  shareId: Type.Optional(Type.String({ format: 'uuid' })),
  purpose: Type.Optional(Type.Object({ sv: Type.String(), en: Type.String() })),
})
export type HistoryDetail = Static<typeof HistoryDetail>

export const HistoryEntry = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    at: Type.String({ format: 'date-time' }),
    event: Type.Enum(historyEvents, {
      description:
        'presented is written before anything is sent; presentation_failed follows when the verifier did not take it. A link that is shared has no counterpart: whoever has it may use it',
    }),
    ...HistoryDetail.properties,
  },
  {
    examples: [
      {
        id: '0190c1a2-0000-7000-8000-000000000009',
        at: '2026-06-05T12:00:00.000Z',
        event: 'presented',
        counterpart: {
          identifier: 'x509_hash:Uvo3HtuIxuhC92rShpgqcT3YXwrqRxWEviRiA0OZszk',
          host: 'verifier.example',
          name: 'Exempelbolaget AB',
        },
        credentials: [
          {
            credentialId: '0190c1a2-0000-7000-8000-000000000003',
            title: 'Datadriven affärsutveckling',
            disclosed: ['learning_outcomes'],
          },
        ],
      },
    ],
  },
)
export type HistoryEntry = Static<typeof HistoryEntry>

export const HistoryPage = pageOf(HistoryEntry)
