import { awardExample } from '@mikromerit/credentials'
import { importFormats } from '@mikromerit/exchange'
import Type, { type Static } from 'typebox'
import { AchievementParams } from '../achievements/schemas.ts'
import { errorPolicies } from './parameters.ts'

export const ImportQuery = Type.Object({
  dryRun: Type.Boolean({ default: false, description: 'Only check the file: record nothing' }),
  onErrors: Type.Enum(errorPolicies, {
    default: 'refuse',
    description:
      'refuse: a file with any error records nothing. skip: rows with errors are left out, the others recorded',
  }),
  format: Type.Optional(
    Type.Enum(importFormats, {
      description: 'Default: by the Content-Type, else by how the file begins',
    }),
  ),
  achievementId: Type.Optional(
    Type.String({ format: 'uuid', description: 'The definition of rows that name none' }),
  ),
  language: Type.Enum(['sv', 'en'], { default: 'sv', description: 'Whoever imports reads this' }),
})
export type ImportQuery = Static<typeof ImportQuery>

/** A body that is taken as it comes: checked by its reader, row by row. */
const file = (contentMediaType: string, example: unknown) => ({
  schema: Type.Unsafe<unknown>({ contentMediaType, examples: [example] }),
})

const csv = 'Efternamn;Förnamn;Tilldelad;Betyg;Referens\r\nExempelsson;Alva;2026-06-05;G;rad-1\r\n'

/** What the API document says of the file. */
export const ImportBody = {
  content: {
    'application/json': file('application/json', [
      { ...awardExample, sourceReference: 'kursregister-2026-000124' },
    ]),
    'text/csv': file('text/csv', csv),
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': file(
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'the bytes of a workbook',
    ),
    'application/xml': file(
      'application/xml',
      '<elmo xmlns="https://github.com/emrex-eu/elmo-schemas/tree/v1">…</elmo>',
    ),
    'application/octet-stream': file('application/octet-stream', csv),
    'multipart/form-data': {
      schema: Type.Unsafe<unknown>({
        properties: { file: { contentMediaType: 'application/octet-stream' } },
        required: ['file'],
        examples: [{ file: csv }],
      }),
    },
  },
}

export const TemplateParams = AchievementParams

export const TemplateQuery = Type.Object({
  format: Type.Enum(['csv', 'xlsx'], { default: 'xlsx', description: 'A workbook, or plain CSV' }),
  language: Type.Enum(['sv', 'en'], { default: 'sv', description: 'Language of its headings' }),
})
export type TemplateQuery = Static<typeof TemplateQuery>
