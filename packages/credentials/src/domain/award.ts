import Type, { type Static } from 'typebox'
import { proficiencyStages } from '../code-lists/proficiency.ts'
import type { Achievement } from './achievement.ts'
import { ComponentRef } from './component.ts'
import { awardExample, learnerExample } from './examples.ts'
import { GradingScheme } from './learning.ts'
import { Agent, type Organisation } from './organisation.ts'
import { code, day, languageCode, languageMap, longText, shortText, uri } from './text.ts'
import { Evidence, Validation } from './validation.ts'

/** Who achieved it (element 1). Never holds a personnummer, in any member. */
export const Learner = Type.Object(
  {
    givenName: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, description: 'Given names, if any' }),
    ),
    familyName: Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'Family names; the only name for those who have one',
    }),
    birthDate: Type.Optional(day('Date of birth')),
    email: Type.Optional(
      Type.String({ format: 'email', maxLength: 254, description: 'For offers, never published' }),
    ),
    externalId: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 255,
        description:
          'European Student Identifier or another identifier. Only an ESI is put into the credential',
      }),
    ),
  },
  { additionalProperties: false, description: 'The learner', examples: [learnerExample] },
)
export type Learner = Static<typeof Learner>

/** Grade achieved (element 14). */
const resultMembers = {
  grade: Type.String({
    minLength: 1,
    maxLength: 40,
    description: 'The grade, as the scale writes it',
  }),
  label: Type.Optional(languageMap(shortText, 'The grade in words')),
}

/** One assessment that was carried out. */
const assessmentMembers = {
  types: Type.Array(code('Assessment type or its URI'), { minItems: 1, maxItems: 14 }),
  mode: Type.Optional(code('onsite, online, blended, work_based, or the URI')),
  supervision: Type.Optional(code('supervised_id, unsupervised_no_id …, or the URI')),
  assessedBy: Type.Optional(Type.Array(Agent, { maxItems: 10 })),
  assessedOn: Type.Optional(day('Day of the assessment')),
  place: Type.Optional(languageMap(shortText, 'Where')),
  language: Type.Optional(languageCode('Language of the assessment, BCP 47')),
}

const awardMembers = {
  achievementId: Type.String({ format: 'uuid', description: 'The definition that was achieved' }),
  learner: Learner,
  awardedOn: day('Day of the award decision, not later than today in Sweden'),
  sourceReference: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      description: "The register's own id of this award: the same award sent twice is one award",
    }),
  ),
  evidence: Type.Optional(Type.Array(Evidence, { maxItems: 50 })),
  activity: Type.Optional(
    Type.Object(
      {
        start: Type.Optional(day('First day')),
        end: Type.Optional(day('Last day')),
        description: Type.Optional(languageMap(longText, 'What the learner did')),
      },
      { additionalProperties: false, description: 'The learning activity' },
    ),
  ),
  validation: Type.Optional(Validation),
  proficiency: Type.Optional(
    Type.Enum(proficiencyStages, {
      description:
        'How far the learner masters the skill, in the stages of Dreyfus. Assessed as such, never read off a level of education',
    }),
  ),
  validUntil: Type.Optional(day('Last day the competence holds, only when it must be renewed')),
  awardingBodies: Type.Optional(
    Type.Array(Agent, {
      minItems: 1,
      maxItems: 10,
      description: 'Who decided, when others than the organisation that seals',
    }),
  ),
  homepage: Type.Optional(uri('Page about this award')),
  components: Type.Optional(
    Type.Array(ComponentRef, {
      maxItems: 60,
      description: 'Micro-credentials of this learner that the award was built of, in any order',
    }),
  ),
}

const scheme = Type.Union([
  Type.String({ pattern: '^[A-Za-z0-9-]{1,20}$', description: 'UG, UGVG, AF, AF-TH, GU-5 …' }),
  GradingScheme,
])

export const AwardDraft = Type.Object(
  {
    ...awardMembers,
    result: Type.Optional(
      Type.Object(
        { ...resultMembers, scheme: Type.Optional(scheme) },
        {
          additionalProperties: false,
          description: 'Grade; the scale may stand in the definition',
        },
      ),
    ),
    assessments: Type.Optional(
      Type.Array(Type.Object(assessmentMembers, { additionalProperties: false }), { maxItems: 20 }),
    ),
  },
  {
    additionalProperties: false,
    description: 'That a learner has achieved a micro-credential',
    examples: [awardExample],
  },
)
export type AwardDraft = Static<typeof AwardDraft>

/** An award as stored: {@link normaliseAward} made it. */
export const Award = Type.Object(
  {
    id: Type.String({ format: 'uuid', description: 'Identifier of the award' }),
    ...awardMembers,
    result: Type.Optional(
      Type.Object(
        { ...resultMembers, scheme: Type.Optional(GradingScheme) },
        { additionalProperties: false },
      ),
    ),
    assessments: Type.Optional(
      Type.Array(Type.Object(assessmentMembers, { additionalProperties: false }), { maxItems: 20 }),
    ),
  },
  { additionalProperties: false, description: 'An award' },
)
export type Award = Static<typeof Award>

/** The truth: input of every projection. */
export interface AwardRecord {
  readonly organisation: Organisation
  readonly achievement: Achievement
  readonly award: Award
  /** Who created the definition, when another organisation awards it; `issuer` is its Credential Issuer Identifier. */
  readonly creator?: { readonly issuer: string; readonly organisation: Organisation } | undefined
}
