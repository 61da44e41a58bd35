import Type, { type Static, type TSchema } from 'typebox'
import { code, uri } from '../domain/text.ts'

const strict = { additionalProperties: false }

/** Address of a definition, of any provider: as the projections write it into credentials. */
const definition = uri('Address of a definition: {issuer}/{organisation}/achievements/{id}')

const LevelFloor = Type.Object(
  {
    framework: Type.String({
      pattern: '^[A-Za-z][A-Za-z0-9 -]{0,39}$',
      description: 'EQF, SeQF (its numbers say the same) or another framework',
    }),
    min: Type.Integer({ minimum: 0, maximum: 20 }),
  },
  { ...strict, description: 'Lowest level that counts' },
)
export type LevelFloor = Static<typeof LevelFloor>

/** What a credential must be like to count for a sum; every member given must hold. */
const StackingFilter = Type.Object(
  {
    level: Type.Optional(LevelFloor),
    fields: Type.Optional(
      Type.Array(Type.String({ pattern: '^[0-9]{2,4}$' }), {
        minItems: 1,
        maxItems: 20,
        description: 'ISCED-F codes; a broad one takes in its narrow ones',
      }),
    ),
    skills: Type.Optional(
      Type.Array(uri('Skill'), { minItems: 1, maxItems: 100, description: 'One of these' }),
    ),
    awardingBodies: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 300 }), {
        minItems: 1,
        maxItems: 50,
        description: 'One of these, by identifier or name',
      }),
    ),
    achievements: Type.Optional(
      Type.Array(definition, { minItems: 1, maxItems: 200, description: 'One of these' }),
    ),
  },
  { ...strict, minProperties: 1, description: 'What counts for the sum' },
)
export type StackingFilter = Static<typeof StackingFilter>

const leafMembers = {
  achievement: Type.Optional(definition),
  alternatives: Type.Optional(
    Type.Array(definition, {
      minItems: 1,
      maxItems: 20,
      description: 'Definitions that count in place of achievement',
    }),
  ),
  credits: Type.Optional(
    Type.Object(
      {
        framework: code('Credit system: ects, yhp, gyp, ecvet, or its URI; never converted'),
        min: Type.Number({ exclusiveMinimum: 0, maximum: 1_000 }),
        from: Type.Optional(StackingFilter),
      },
      strict,
    ),
  ),
  hours: Type.Optional(
    Type.Object(
      {
        min: Type.Number({ exclusiveMinimum: 0, maximum: 10_000 }),
        from: Type.Optional(StackingFilter),
      },
      strict,
    ),
  ),
  outcomes: Type.Optional(
    Type.Object(
      {
        cover: Type.Array(uri('Skill'), { minItems: 1, maxItems: 100 }),
        min: Type.Optional(
          Type.Integer({ minimum: 1, maximum: 100, description: 'How many of them; default all' }),
        ),
      },
      strict,
    ),
  ),
}

const StackingLeaf = Type.Object(leafMembers, { ...strict, minProperties: 1 })

const group = <Rule extends TSchema>(rule: Rule) =>
  Type.Object(
    {
      ...leafMembers,
      all: Type.Optional(
        Type.Array(rule, { minItems: 1, maxItems: 30, description: 'All of these' }),
      ),
      any: Type.Optional(
        Type.Array(rule, { minItems: 1, maxItems: 30, description: 'Some of these' }),
      ),
      min: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 30, description: 'How many of any; default 1' }),
      ),
    },
    {
      ...strict,
      minProperties: 1,
      description: 'Exactly one of all, any, achievement, credits, hours and outcomes',
    },
  )

/** One requirement. The schema ends three levels down; deeper nesting says nothing more. */
export interface StackingRule extends Static<typeof StackingLeaf> {
  readonly all?: StackingRule[]
  readonly any?: StackingRule[]
  readonly min?: number
}

/** What the learner must hold to be awarded the whole (domain.md section 5); one award counts once in it. */
export const StackingRules = Type.Object(
  {
    rule: Type.Unsafe<StackingRule>(group(group(StackingLeaf))),
    constraints: Type.Optional(
      Type.Object(
        {
          levelFloor: Type.Optional(LevelFloor),
          maxAge: Type.Optional(
            Type.String({
              pattern: '^P(?!$)(?:\\d{1,3}Y)?(?:\\d{1,3}M)?(?:\\d{1,4}D)?$',
              description: 'Longest time from the award to the evaluation; ISO 8601 duration',
            }),
          ),
          distinctAwardingBodies: Type.Optional(
            Type.Integer({ minimum: 2, maximum: 20, description: 'At least so many of them' }),
          ),
          credits: Type.Optional(
            Type.Object(
              {
                framework: code('Credit system'),
                min: Type.Number({ exclusiveMinimum: 0, maximum: 1_000 }),
              },
              { ...strict, description: 'Of all parts together' },
            ),
          ),
        },
        { ...strict, description: 'What holds for all parts together' },
      ),
    ),
  },
  {
    ...strict,
    description: 'What the learner must hold to be awarded this as a whole',
    examples: [
      {
        rule: {
          all: [
            {
              achievement:
                'https://issuer.example.se/exempeluniversitetet/achievements/0190a5c4-7d1e-7c3b-9f00-000000000001',
            },
            { credits: { framework: 'ects', min: 4.5, from: { fields: ['06'] } } },
          ],
        },
        constraints: { maxAge: 'P5Y', distinctAwardingBodies: 2 },
      },
    ],
  },
)
export type StackingRules = Static<typeof StackingRules>

/** A requirement without parts, and where it stands as JSON Pointer below the rules. */
export interface StackingRequirement {
  readonly pointer: string
  readonly rule: StackingRule
}

/** Every requirement without parts, in reading order. */
export const listRequirements = (rule: StackingRule, pointer = '/rule'): StackingRequirement[] =>
  rule.all || rule.any
    ? (['all', 'any'] as const).flatMap((name) =>
        (rule[name] ?? []).flatMap((part, at) =>
          listRequirements(part, `${pointer}/${name}/${at}`),
        ),
      )
    : [{ pointer, rule }]

/** The definitions that rules name, each once. */
export const listReferences = ({ rule }: StackingRules): string[] => [
  ...new Set(listRequirements(rule).flatMap(({ rule }) => namedDefinitions(rule))),
]

/** The definition that a requirement names, and those that count in its place. */
export const namedDefinitions = ({ achievement, alternatives = [] }: StackingRule): string[] =>
  achievement === undefined ? [] : [achievement, ...alternatives]
