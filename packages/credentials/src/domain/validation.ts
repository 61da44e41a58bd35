import Type, { type Static } from 'typebox'
import { Agent } from './organisation.ts'
import { day, languageMap, longText, shortText, uri } from './text.ts'

/** What an award rests on: described and fingerprinted here, kept by whoever holds it. */
export const Evidence = Type.Object(
  {
    kind: Type.Enum([
      'accreditation',
      'mandate',
      'assessment_record',
      'portfolio',
      'reference',
      'work_sample',
    ]),
    description: languageMap(longText, 'What it is'),
    digest: Type.Optional(
      Type.String({
        pattern: '^sha(?:256|384|512)-[A-Za-z0-9+/]{43,86}={0,2}$',
        description: 'Digest of the file, as in Subresource Integrity',
      }),
    ),
    mediaType: Type.Optional(
      Type.String({ pattern: '^[a-z]+/[A-Za-z0-9.+-]{1,100}$', description: 'Kind of file' }),
    ),
    uri: Type.Optional(uri('Where its holder shows it to those who may see it')),
    heldBy: Type.Optional(languageMap(shortText, 'Who keeps it')),
  },
  {
    additionalProperties: false,
    description: 'Evidence; files stay with the organisation',
    examples: [
      {
        kind: 'assessment_record',
        description: { sv: 'Bedömningsprotokoll', en: 'Assessment record' },
        digest: 'sha256-LCa0a2j/xo/5m0U8HTBBNBNCLXBkg7+g+YpeiGJm564=',
      },
    ],
  },
)
export type Evidence = Static<typeof Evidence>

export const validationPurposes = [
  'qualification',
  'part_of_qualification',
  'eligibility',
  'competence',
] as const

export const validationMethods = [
  'portfolio',
  'interview',
  'practical_test',
  'written_test',
  'oral_test',
  'workplace_observation',
  'simulation',
  'certificate_review',
] as const

export const outcomeResults = ['achieved', 'partly', 'not_achieved', 'not_assessed'] as const

const methods = Type.Array(Type.Enum(validationMethods), { minItems: 1, maxItems: 8 })

/** The standard a person's knowledge was measured against. */
const Standard = Type.Object(
  {
    title: languageMap(shortText, 'What the standard is called'),
    uri: Type.Optional(uri('Where it is published')),
    version: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    ownedBy: Type.Optional(languageMap(shortText, 'Who owns it')),
    framework: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 8, description: 'Its level in SeQF' }),
    ),
  },
  { additionalProperties: false },
)

/** How learning was recognised without a course (Valideringsförordning 2022:1549). */
export const Validation = Type.Object(
  {
    purpose: Type.Enum(validationPurposes, { description: '2022:1549, 3 §' }),
    // Whether a standard is named is a rule with its own message, so that imports can say it in plain words.
    standard: Type.Optional(Standard),
    steps: Type.Array(
      Type.Object(
        {
          kind: Type.Enum([
            'orientation',
            'mapping',
            'in_depth_mapping',
            'assessment',
            'recognition',
          ]),
          doneOn: Type.Optional(day('When')),
          by: Type.Optional(languageMap(shortText, 'By whom')),
        },
        { additionalProperties: false },
      ),
      { maxItems: 20, description: 'At least in_depth_mapping and assessment (2022:1549, 2 §)' },
    ),
    methods,
    assessors: Type.Optional(
      Type.Array(
        Type.Object(
          {
            name: Type.Optional(
              Type.String({
                minLength: 1,
                maxLength: 200,
                description: 'Only if the person agreed; never published',
              }),
            ),
            role: languageMap(shortText, 'Role of the assessor'),
            organisation: Type.Optional(Agent),
            authorisedBy: Type.Optional(languageMap(shortText, 'Who authorised the assessor')),
            competence: Type.Optional(languageMap(shortText, 'Competence of the assessor')),
          },
          { additionalProperties: false },
        ),
        { maxItems: 20 },
      ),
    ),
    model: Type.Optional(
      Type.Object(
        {
          name: languageMap(shortText, 'Name of the validation model'),
          owner: Type.Optional(languageMap(shortText, 'Its owner')),
          reviewedBy: Type.Optional(languageMap(shortText, 'Who reviewed it')),
        },
        { additionalProperties: false },
      ),
    ),
    outcomes: Type.Optional(
      Type.Array(
        Type.Object(
          {
            outcomeId: Type.String({ minLength: 1, maxLength: 64 }),
            result: Type.Enum(outcomeResults),
            methods: Type.Optional(methods),
          },
          { additionalProperties: false },
        ),
        {
          maxItems: 50,
          description:
            'Result per learning outcome; only achieved ones are put into the credential',
        },
      ),
    ),
    evidence: Type.Optional(Type.Array(Evidence, { maxItems: 50 })),
    priorLearning: Type.Optional(
      Type.Object(
        {
          setting: Type.Enum(['informal', 'non_formal', 'formal']),
          years: Type.Optional(Type.Number({ minimum: 0, maximum: 80 })),
          description: Type.Optional(languageMap(longText, 'Where and how it was learned')),
        },
        { additionalProperties: false },
      ),
    ),
    complementNeeded: Type.Optional(languageMap(longText, 'What is still missing')),
    reassessmentOf: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  },
  {
    additionalProperties: false,
    description: 'Validation: recognition of prior learning',
    examples: [
      {
        purpose: 'competence',
        standard: {
          title: { sv: 'Branschstandard för lagerarbete' },
          version: '2025',
          ownedBy: { sv: 'Exempelbranschens yrkesnämnd' },
          framework: 4,
        },
        steps: [
          { kind: 'in_depth_mapping', doneOn: '2026-04-14' },
          { kind: 'assessment', doneOn: '2026-05-06' },
        ],
        methods: ['interview', 'practical_test'],
        assessors: [{ role: { sv: 'yrkesbedömare' } }],
      },
    ],
  },
)
export type Validation = Static<typeof Validation>
