import Type, { type Static } from 'typebox'
import { AwardFilter } from '../awards/filter.ts'

const { awardIds: _, ...filters } = AwardFilter.properties

export const AwardListExportQuery = Type.Object(
  {
    format: Type.Enum(['csv', 'ndjson'], {
      description:
        'csv: a table under the headings of the import template, which an import takes back. ndjson: a line of JSON for each award, with all its members',
    }),
    language: Type.Enum(['sv', 'en'], {
      default: 'sv',
      description: 'Language of the headings of a csv, parted by semicolons or commas',
    }),
    ...filters,
  },
  { additionalProperties: false, examples: [{ format: 'csv', status: 'valid' }] },
)
export type AwardListExportQuery = Static<typeof AwardListExportQuery>
