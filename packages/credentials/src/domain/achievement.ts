import Type, { type Static } from 'typebox'
import { StackingRules } from '../stacking/rules.ts'
import { achievementExample } from './examples.ts'
import {
  assessmentMembers,
  GradingScheme,
  LearningOutcome,
  Level,
  Participation,
  SkillRef,
  Stacking,
  Target,
  Workload,
} from './learning.ts'
import { Identifier, QualityAssurance } from './organisation.ts'
import { code, languageMap, longText, shortText, uri } from './text.ts'

export const learningSettings = ['formal', 'non_formal', 'informal'] as const
export type LearningSetting = (typeof learningSettings)[number]

export const cycles = ['short', 'first', 'second', 'third'] as const

/** Members that a draft and a stored definition share. */
const members = {
  title: languageMap(shortText, 'Name of the micro-credential', achievementExample.title),
  learningOutcomes: Type.Array(LearningOutcome, { maxItems: 50 }),
  workload: Type.Optional(Workload),
  participation: Participation,
  qualityAssurance: Type.Array(QualityAssurance, { maxItems: 20 }),
  description: Type.Optional(languageMap(longText, 'What it is about')),
  levels: Type.Optional(Type.Array(Level, { maxItems: 10 })),
  cycle: Type.Optional(Type.Enum(cycles, { description: 'Cycle of higher education (QF-EHEA)' })),
  prerequisites: Type.Optional(languageMap(longText, 'What is needed to enrol')),
  stacking: Type.Optional(Stacking),
  stackingRules: Type.Optional(StackingRules),
  partOf: Type.Optional(
    Type.Array(
      Type.Object(
        { ...Target.properties, isPartialQualification: Type.Optional(Type.Boolean()) },
        { additionalProperties: false },
      ),
      { maxItems: 20, description: 'Programmes or qualifications it is a defined part of' },
    ),
  ),
  fields: Type.Optional(
    Type.Array(code('Field of education: ISCED-F 2013 code of 2 to 4 digits, or its URI'), {
      maxItems: 10,
    }),
  ),
  skills: Type.Optional(Type.Array(SkillRef, { maxItems: 100 })),
  targetGroups: Type.Optional(
    Type.Array(languageMap(shortText, 'Whom it is meant for'), { maxItems: 20 }),
  ),
  credentialValidity: Type.Optional(
    Type.String({
      pattern: '^P(?!$)(?:\\d{1,3}Y)?(?:\\d{1,3}M)?(?:\\d{1,4}D)?$',
      description: 'How long the competence holds, only when it must be renewed; ISO 8601 duration',
    }),
  ),
  furtherInformation: Type.Optional(languageMap(longText, 'Anything else')),
  homepage: Type.Optional(uri('Page about it')),
  identifiers: Type.Optional(Type.Array(Identifier, { maxItems: 20 })),
}

const description = 'Definition of a micro-credential: all elements of the European standard'

export const AchievementDraft = Type.Object(
  {
    ...members,
    assessment: Type.Object(
      {
        ...assessmentMembers,
        gradingScheme: Type.Optional(
          Type.Union([
            Type.String({
              pattern: '^[A-Za-z0-9-]{1,20}$',
              description: 'UG, UGVG, AF, AF-TH, GU-5 or validated',
            }),
            GradingScheme,
          ]),
        ),
      },
      { additionalProperties: false },
    ),
    setting: Type.Enum(
      [
        ...learningSettings,
        'http://data.europa.eu/snb/learning-setting/6fd4685715',
        'http://data.europa.eu/snb/learning-setting/e207a81fc7',
      ],
      { description: 'Informal learning is awarded through validation only' },
    ),
  },
  { additionalProperties: false, description, examples: [achievementExample] },
)
export type AchievementDraft = Static<typeof AchievementDraft>

/** A definition as stored: codes are URIs, lists are complete, {@link normaliseAchievement} made it. */
const contentMembers = {
  ...members,
  assessment: Type.Object(
    { ...assessmentMembers, gradingScheme: Type.Optional(GradingScheme) },
    { additionalProperties: false },
  ),
  setting: Type.Enum(learningSettings),
}

export const AchievementContent = Type.Object(contentMembers, {
  additionalProperties: false,
  description,
})
export type AchievementContent = Static<typeof AchievementContent>

export const Achievement = Type.Object(
  {
    id: Type.String({ format: 'uuid', description: 'Identifier of the definition' }),
    version: Type.Integer({ minimum: 1, description: 'An awarded version never changes' }),
    ...contentMembers,
  },
  { additionalProperties: false, description },
)
export type Achievement = Static<typeof Achievement>
