import { CodedValue } from '@mikromerit/credentials'
import Type, { type Static } from 'typebox'
import { DefinitionSummary, Progress } from '../progress/schemas.ts'

const Evidence = Type.Array(Type.String({ format: 'uuid' }), {
  description: 'Ids of the credentials, or records, that say so',
})
const year = Type.Integer({ description: 'Year of the award' })
const ByYear = Type.Array(Type.Object({ year, value: Type.Number() }), {
  description: 'Over time; what has no date is in the sum alone',
})

/** What somebody can, by what they hold. */
export const Aggregate = Type.Object({
  awards: Type.Array(
    Type.Object({
      title: Type.String(),
      issuer: Type.Optional(Type.String({ description: 'Name of the issuer' })),
      awardedOn: Type.Optional(Type.String()),
      evidence: Evidence,
    }),
    { description: 'Each once, in however many formats it is held' },
  ),
  skills: Type.Array(Type.Object({ skill: CodedValue, evidence: Evidence }), {
    description: 'By their URI in ESCO or a national taxonomy; those most often proved first',
  }),
  levels: Type.Array(
    Type.Object({
      framework: Type.String(),
      level: Type.Integer(),
      uri: Type.Optional(Type.String()),
      evidence: Evidence,
    }),
    { description: 'The highest first, per framework' },
  ),
  fields: Type.Array(Type.Object({ field: CodedValue, evidence: Evidence })),
  credits: Type.Array(
    Type.Object({
      framework: CodedValue,
      total: Type.Number(),
      byYear: ByYear,
      evidence: Evidence,
    }),
    { description: 'Per credit system, never converted' },
  ),
  hours: Type.Optional(
    Type.Object(
      { total: Type.Number(), byYear: ByYear, evidence: Evidence },
      {
        description: 'Hours of learning, where they are stated',
      },
    ),
  ),
  settings: Type.Array(Type.Object({ setting: CodedValue, evidence: Evidence }), {
    description: 'Formal, non-formal, or informal and validated',
  }),
})
export type Aggregate = Static<typeof Aggregate>

const id = '0190c1a2-0000-7000-8000-000000000003'
const evidence = [id]
const empty = { awards: [], skills: [], levels: [], fields: [], credits: [], settings: [] }
const esco = 'http://data.europa.eu/esco/skill/27ed854c-15b8-4ba2-90e9-ae888a219703'

export const Portfolio = Type.Object(
  {
    verified: Aggregate,
    notCounted: Type.Array(
      Type.Object({
        title: Type.String(),
        state: Type.Enum(['expired', 'suspended', 'revoked', 'replaced', 'unknown']),
        evidence: Evidence,
      }),
      { description: 'Credentials that are held and do not count, and why' },
    ),
    ownRecords: Type.Object(
      { sealed: Aggregate, selfDeclared: Aggregate },
      {
        description:
          'From records you brought along, apart from what was issued to you. sealed: their issuer is known to have signed them. selfDeclared: nobody vouches for them',
      },
    ),
  },
  {
    examples: [
      {
        verified: {
          awards: [
            {
              title: 'Datadriven affärsutveckling',
              issuer: 'Exempeluniversitetet',
              awardedOn: '2026-06-05',
              evidence,
            },
          ],
          skills: [{ skill: { uri: esco }, evidence }],
          levels: [{ framework: 'EQF', level: 6, evidence }],
          fields: [],
          credits: [
            {
              framework: { label: { sv: 'ECTS', en: 'ECTS' } },
              total: 3,
              byYear: [{ year: 2026, value: 3 }],
              evidence,
            },
          ],
          hours: { total: 80, byYear: [{ year: 2026, value: 80 }], evidence },
          settings: [],
        },
        notCounted: [{ title: 'Svetsning, grund', state: 'replaced', evidence: [id] }],
        ownRecords: { sealed: empty, selfDeclared: empty },
      },
    ],
  },
)
export type Portfolio = Static<typeof Portfolio>

export const Gaps = Type.Object(
  {
    definition: DefinitionSummary,
    isHeld: Type.Boolean({ description: 'Whether you hold it already' }),
    skills: Type.Object({
      held: Type.Array(Type.Object({ skill: CodedValue, evidence: Evidence })),
      missing: Type.Array(CodedValue),
    }),
    levels: Type.Array(
      Type.Object({
        framework: Type.String(),
        level: Type.Integer({ description: 'Level of the definition' }),
        highest: Type.Optional(Type.Integer({ description: 'The highest level you have shown' })),
      }),
    ),
    prerequisites: Type.Optional(Type.Object({ sv: Type.String(), en: Type.String() })),
    progress: Type.Optional(Progress),
  },
  {
    examples: [
      {
        definition: {
          url: 'https://issuer.example/exempeluniversitetet/achievements/0190a5c4-7d1e-7c3b-9f00-000000000001',
          title: { sv: 'Affärsutvecklare', en: 'Business developer' },
        },
        isHeld: false,
        skills: {
          held: [{ skill: { uri: esco }, evidence }],
          missing: [
            { uri: 'http://data.europa.eu/esco/skill/d207a30b-2f80-4138-9b77-f88d549b8768' },
          ],
        },
        levels: [{ framework: 'EQF', level: 7, highest: 6 }],
        prerequisites: { sv: 'Grundläggande behörighet', en: 'General entry requirements' },
      },
    ],
  },
)
export type Gaps = Static<typeof Gaps>
