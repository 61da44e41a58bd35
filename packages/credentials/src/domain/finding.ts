import Type, { type Static } from 'typebox'
import { LocalisedText } from './text.ts'

export const findingSeverities = ['error', 'warning', 'hint'] as const

/** What a rule found: errors refuse, warnings are shown, hints lower completeness. Holds no values. */
export const Finding = Type.Object(
  {
    code: Type.String({ pattern: '^[A-Z][A-Z0-9_]{2,60}$' }),
    severity: Type.Enum(findingSeverities),
    pointer: Type.String({ maxLength: 500, description: 'Where, as JSON Pointer (RFC 6901)' }),
    message: LocalisedText,
  },
  {
    additionalProperties: false,
    examples: [
      {
        code: 'ORGNR_INVALID',
        severity: 'error',
        pointer: '/identifiers/0/value',
        message: {
          sv: 'Detta är inte ett giltigt organisationsnummer.',
          en: 'This is not a valid organisation number.',
        },
      },
    ],
  },
)
export type Finding = Static<typeof Finding>
