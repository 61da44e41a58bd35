import { StackingResult } from '@mikromerit/credentials'
import Type, { type Static } from 'typebox'

const definitionUrl = (description: string) =>
  Type.String({ pattern: '^https?://[^\\s]+$', maxLength: 2_048, description })

export const ProgressQuery = Type.Object(
  {
    definition: definitionUrl(
      'Address of a published definition, as credentials and catalogues name it',
    ),
  },
  {
    additionalProperties: false,
    examples: [
      {
        definition:
          'https://issuer.example/exempeluniversitetet/achievements/0190a5c4-7d1e-7c3b-9f00-000000000001',
      },
    ],
  },
)

export const CatalogueProgressQuery = Type.Object({
  catalogue: definitionUrl(
    'Address of a catalogue, such as {ISSUER_URL}/v1/catalogue/{organisation}',
  ),
})

export const DefinitionSummary = Type.Object({
  url: Type.String({ description: 'Its address, which is its identity' }),
  title: Type.Object({ sv: Type.String(), en: Type.String() }),
})

const summaryExample = {
  url: 'https://issuer.example/exempeluniversitetet/achievements/0190a5c4-7d1e-7c3b-9f00-000000000001',
  title: { sv: 'Affärsutvecklare', en: 'Business developer' },
}

const progressExample = {
  definition: summaryExample,
  isHeld: false,
  result: {
    outcome: 'missing' as const,
    progress: [
      { pointer: '/rule/all/0', isFulfilled: true, have: 1, need: 1, reasons: [] },
      {
        pointer: '/rule/all/1',
        isFulfilled: false,
        have: 0,
        need: 1,
        reasons: [
          {
            code: 'STACK_NOT_HELD',
            message: { sv: 'Den delen har inte visats.', en: 'This part was not shown.' },
          },
        ],
      },
    ],
    used: [{ credential: '0190c1a2-0000-7000-8000-000000000003', pointer: '/rule/all/0' }],
    unused: [],
    excluded: [],
    missing: [
      {
        code: 'STACK_NOT_HELD',
        message: { sv: 'Den delen har inte visats.', en: 'This part was not shown.' },
      },
    ],
  },
}

export const Progress = Type.Object(
  {
    definition: DefinitionSummary,
    isHeld: Type.Boolean({ description: 'Whether you hold the whole already' }),
    result: StackingResult,
  },
  { examples: [progressExample] },
)
export type Progress = Static<typeof Progress>

export const ProgressList = Type.Object(
  {
    items: Type.Array(Progress, { maxItems: 100 }),
    hasMore: Type.Boolean({ description: 'Whether the catalogue has more than the first hundred' }),
  },
  { examples: [{ items: [progressExample], hasMore: false }] },
)
export type ProgressList = Static<typeof ProgressList>
