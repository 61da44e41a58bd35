import { replacementReasons } from '@mikromerit/credentials'
import Type, { type Static } from 'typebox'

/** One step of a correction chain, seen from either end. */
export const Succession = Type.Object(
  {
    award: Type.String({ format: 'uuid', description: 'The other award' }),
    reason: Type.Enum(replacementReasons, { description: 'Why the one took the other’s place' }),
    at: Type.String({ format: 'date-time' }),
  },
  { additionalProperties: false },
)
export type Succession = Static<typeof Succession>
