import { Finding, type FindingCode, finding } from '@mikromerit/credentials'
import Type, { type Static } from 'typebox'
import { type ImportMessageCode, importMessages } from './import-messages.ts'

export type ImportCode = ImportMessageCode | FindingCode

const position = {
  row: Type.Optional(
    Type.Integer({ minimum: 1, description: 'Row as the spreadsheet counts, the header being 1' }),
  ),
  column: Type.Optional(Type.Integer({ minimum: 1, description: 'Column, the first being 1' })),
  field: Type.Optional(
    Type.String({
      maxLength: 500,
      description: 'Which value: a member of the award, or a JSON Pointer into it',
    }),
  ),
  line: Type.Optional(Type.Integer({ minimum: 1, description: 'Line of the file' })),
  path: Type.Optional(
    Type.String({ maxLength: 2000, description: 'Element of an XML file, as a simple XPath' }),
  ),
  relatedRow: Type.Optional(
    Type.Integer({ minimum: 1, description: 'The earlier row that it clashes with' }),
  ),
}

/** What a file, or one row of it, got wrong, and where. Never repeats what was written there. */
export const ImportFinding = Type.Object(
  {
    code: Finding.properties.code,
    severity: Finding.properties.severity,
    message: Finding.properties.message,
    ...position,
  },
  {
    additionalProperties: false,
    examples: [
      {
        code: 'DATE_INVALID',
        severity: 'error',
        message: {
          sv: 'Detta är inte ett datum (ÅÅÅÅ-MM-DD).',
          en: 'This is not a date (YYYY-MM-DD).',
        },
        row: 17,
        column: 5,
        field: 'awardedOn',
      },
    ],
  },
)
export type ImportFinding = Static<typeof ImportFinding>

export type Position = Readonly<Omit<ImportFinding, 'code' | 'severity' | 'message'>>

/** A finding at a position, with its messages in both languages. */
export function importFinding(code: ImportCode, position: Position = {}): ImportFinding {
  if (!isImportMessage(code)) {
    const { severity, message } = finding(code)
    return { code, severity, message, ...position }
  }
  const [severity, sv, en] = importMessages[code]
  return { code, severity, message: { sv, en }, ...position }
}

const isImportMessage = (code: ImportCode): code is ImportMessageCode =>
  Object.hasOwn(importMessages, code)

/** Whether one of the findings refuses what it stands for. */
export const holdsError = (findings: readonly ImportFinding[]): boolean =>
  findings.some(({ severity }) => severity === 'error')
