import { MicroCredential, outcomes, VerificationCheck } from '@mikromerit/credentials'
import { pageOf } from '@mikromerit/service-kit'
import Type, { type Static } from 'typebox'
import { recordFormats } from './stored-record.ts'

const elmoExample = `<?xml version="1.0" encoding="UTF-8"?>
<elmo xmlns="https://github.com/emrex-eu/elmo-schemas/tree/v1">
  <generatedDate>2026-06-05T12:00:00Z</generatedDate>
  <learner><givenNames>Alva</givenNames><familyName>Exempelsson</familyName></learner>
  <report>
    <issuer><country>SE</country><title xml:lang="sv">Exempelskolan</title></issuer>
    <learningOpportunitySpecification>
      <title xml:lang="sv">Svetsning, grund</title>
      <specifies>
        <learningOpportunityInstance>
          <date>2026-05-29</date>
          <status>passed</status>
        </learningOpportunityInstance>
      </specifies>
    </learningOpportunitySpecification>
    <issueDate>2026-06-05T12:00:00Z</issueDate>
  </report>
</elmo>`

export const RecordBody = Type.Object(
  {
    record: Type.Union([
      Type.String({ minLength: 1, description: 'ELMO XML, SVG, SD-JWT VC or VC-JWT' }),
      Type.Unsafe<Readonly<Record<string, unknown>>>({
        type: 'object',
        additionalProperties: true,
        description: 'Open Badge or European Digital Credential as JSON',
      }),
    ]),
  },
  { additionalProperties: false, examples: [{ record: elmoExample }] },
)

const summaryMembers = {
  id: Type.String({ format: 'uuid' }),
  format: Type.Enum(recordFormats),
  selfDeclared: Type.Boolean({
    description: 'Whether nobody is known to have signed it: then it is what you say of yourself',
  }),
  outcome: Type.Enum(outcomes, {
    description: 'What could be verified of it when it came; invalid when it has ended or is void',
  }),
  importedAt: Type.String({ format: 'date-time' }),
  verifiedAt: Type.String({ format: 'date-time' }),
  microCredential: MicroCredential,
}

const summaryExample = {
  id: '0190c1a2-0000-7000-8000-00000000000d',
  format: 'elmo',
  selfDeclared: true,
  outcome: 'undetermined',
  importedAt: '2026-06-05T12:00:00.000Z',
  verifiedAt: '2026-06-05T12:00:00.000Z',
  microCredential: {
    type: 'https://github.com/emrex-eu/elmo-schemas/tree/v1',
    title: 'Svetsning, grund',
    issuer: { name: 'Exempelskolan', country: 'SE' },
    awardedOn: '2026-05-29',
  },
} as const

export const OwnRecordSummary = Type.Object(summaryMembers, { examples: [summaryExample] })
export type OwnRecordSummary = Static<typeof OwnRecordSummary>

export const OwnRecord = Type.Object(
  {
    ...summaryMembers,
    checks: Type.Array(VerificationCheck, { description: 'What was checked, and what came of it' }),
    raw: Type.Optional(
      Type.String({ description: 'As it came; absent for one of several in a file' }),
    ),
  },
  {
    examples: [
      {
        ...summaryExample,
        checks: [
          {
            code: 'signature',
            outcome: 'undetermined',
            title: { sv: 'Underskrift', en: 'Signature' },
            detail: { sv: 'Filen är inte underskriven.', en: 'The file is not signed.' },
          },
        ],
      },
    ],
  },
)
export type OwnRecord = Static<typeof OwnRecord>

export const ImportedRecords = Type.Object(
  {
    records: Type.Array(OwnRecordSummary, { description: 'Everything in the file' }),
    added: Type.Integer({ minimum: 0, description: 'How many of them were not here already' }),
  },
  { examples: [{ records: [summaryExample], added: 1 }] },
)
export type ImportedRecords = Static<typeof ImportedRecords>

export const RecordPage = pageOf(OwnRecordSummary)

export const RecordParams = Type.Object({ record: Type.String({ format: 'uuid' }) })
