import Type, { type Static } from 'typebox'
import { code, languageMap, longText, shortText, uri } from './text.ts'

/** A concept of ESCO, JobTech Taxonomy, DigComp or another skills vocabulary. */
export const SkillRef = Type.Object(
  {
    uri: uri('URI of the concept'),
    scheme: Type.Optional(Type.Enum(['esco', 'jobtech', 'digcomp', 'other'])),
    label: Type.Optional(languageMap(shortText, 'What the concept is called')),
    match: Type.Optional(
      Type.Enum(['exact', 'close', 'broad', 'narrow'], {
        description: 'How closely it fits the outcome',
      }),
    ),
  },
  {
    additionalProperties: false,
    description: 'A skill in a published vocabulary',
    examples: [
      {
        uri: 'http://data.europa.eu/esco/skill/27ed854c-15b8-4ba2-90e9-ae888a219703',
        scheme: 'esco',
        label: { sv: 'genomföra affärsanalys', en: 'perform business analysis' },
      },
    ],
  },
)
export type SkillRef = Static<typeof SkillRef>

/** One statement of what the learner knows, understands or can do (element 6). */
export const LearningOutcome = Type.Object(
  {
    id: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$',
        description: 'Name of the outcome within the definition, for validations to refer to',
      }),
    ),
    title: languageMap(1000, 'The outcome, with an observable verb', {
      sv: 'kan genomföra en affärsanalys med stöd av data',
    }),
    type: Type.Optional(code('knowledge, skill, responsibility_autonomy, or the URI')),
    reuseLevel: Type.Optional(
      code('transversal, cross-sector, sector-specific, occupation-specific, or the URI'),
    ),
    skills: Type.Optional(Type.Array(SkillRef, { maxItems: 50 })),
  },
  { additionalProperties: false, description: 'A learning outcome' },
)
export type LearningOutcome = Static<typeof LearningOutcome>

export const levelBases = ['regulated', 'decided', 'self_assessed'] as const

/** A level of a qualifications framework (element 8), and who says so. */
export const Level = Type.Object(
  {
    framework: Type.String({
      pattern: '^[A-Za-z][A-Za-z0-9 -]{0,39}$',
      description: 'EQF, SeQF, or another framework together with its URI',
    }),
    level: Type.Integer({ minimum: 0, maximum: 20 }),
    uri: Type.Optional(uri('URI of the level; filled in for EQF and SeQF')),
    basis: Type.Optional(Type.Enum(levelBases, { description: 'Who placed it on this level' })),
    reference: Type.Optional(uri('The decision, when the basis is a decision')),
  },
  {
    additionalProperties: false,
    description: 'A level of a qualifications framework',
    examples: [{ framework: 'EQF', level: 6, basis: 'regulated' }],
  },
)
export type Level = Static<typeof Level>

const Credit = Type.Object(
  {
    framework: code(
      'Credit system: ects (also hp), yhp, gyp, ecvet, or its URI. Never converted into each other',
    ),
    value: Type.Number({ exclusiveMinimum: 0, maximum: 1000 }),
  },
  { additionalProperties: false },
)

/** Notional workload (element 7): hours, credits or both, neither derived from the other. */
export const Workload = Type.Object(
  {
    hours: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 10_000 })),
    credits: Type.Optional(Type.Array(Credit, { minItems: 1, maxItems: 5 })),
  },
  {
    additionalProperties: false,
    minProperties: 1,
    description: 'Notional workload',
    examples: [{ hours: 80, credits: [{ framework: 'ects', value: 3 }] }],
  },
)
export type Workload = Static<typeof Workload>

/** Grades from low to high, and the lowest that passes. */
export const GradingScheme = Type.Object(
  {
    id: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}$' }),
    title: languageMap(shortText, 'Name of the scale'),
    values: Type.Array(Type.String({ minLength: 1, maxLength: 40 }), {
      minItems: 1,
      maxItems: 120,
      description: 'All grades, from the lowest to the highest',
    }),
    passing: Type.String({ minLength: 1, maxLength: 40, description: 'The lowest passing grade' }),
  },
  {
    additionalProperties: false,
    description: 'A grading scale',
    examples: [{ id: 'UG', title: { sv: 'U–G' }, values: ['U', 'G'], passing: 'G' }],
  },
)
export type GradingScheme = Static<typeof GradingScheme>

/** How outcomes are assessed (elements 9 and 13). */
export const assessmentMembers = {
  types: Type.Array(
    code('Assessment type: for example written_examination, portfolio, or its URI'),
    { maxItems: 14 },
  ),
  modes: Type.Optional(
    Type.Array(code('onsite, online, blended, work_based, or the URI'), { maxItems: 6 }),
  ),
  supervision: Type.Optional(
    code(
      'Supervision and identity check: supervised_id, supervised_no_id, unsupervised_id, unsupervised_no_id, or the URI',
    ),
  ),
  description: Type.Optional(languageMap(longText, 'How the outcomes are assessed, in words')),
}

/** Form of participation (element 10) and languages of instruction (19). */
export const Participation = Type.Object(
  {
    modes: Type.Array(
      code('onsite, online, blended, work_based, project_based, research_lab, or the URI'),
      { maxItems: 6, description: 'May be empty for informal learning only' },
    ),
    activityTypes: Type.Optional(
      Type.Array(code('Learning activity type: for example workshop, internship, or its URI'), {
        maxItems: 11,
      }),
    ),
    languages: Type.Array(Type.String({ pattern: '^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}$' }), {
      maxItems: 20,
      description: 'Languages of instruction, BCP 47',
    }),
    place: Type.Optional(languageMap(shortText, 'Where it takes place')),
  },
  {
    additionalProperties: false,
    description: 'Form of participation',
    examples: [{ modes: ['online'], languages: ['sv'] }],
  },
)
export type Participation = Static<typeof Participation>

/** Something larger this can be part of. */
export const Target = Type.Object(
  {
    title: languageMap(shortText, 'What it is called'),
    uri: Type.Optional(uri('Where it is described')),
  },
  { additionalProperties: false },
)

/** Whether it stands alone, is part of something, or can become part of something (element 15). */
export const Stacking = Type.Object(
  {
    kind: Type.Enum(['stand_alone', 'integrated', 'stackable']),
    towards: Type.Optional(Type.Array(Target, { maxItems: 20 })),
  },
  { additionalProperties: false, description: 'Integration and stackability' },
)
export type Stacking = Static<typeof Stacking>
