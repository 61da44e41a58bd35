import Type, { type Static } from 'typebox'
import type { AchievementContent } from './achievement.ts'
import type { Organisation } from './organisation.ts'
import { LocalisedText } from './text.ts'

const strict = { additionalProperties: false }

/** One element of the European standard, and whether credentials of the definition will have it. */
const CompletenessElement = Type.Object(
  {
    element: Type.String({ pattern: '^[a-z_]{3,40}$', description: 'Stable name of the element' }),
    number: Type.Optional(
      Type.Integer({ description: 'In Annex I of the Recommendation (2022/C 243/02)' }),
    ),
    isMandatory: Type.Boolean(),
    isMet: Type.Boolean(),
    points: Type.Number({ description: 'What it is worth; all together 100' }),
    pointer: Type.String({ description: 'Where to state it, as JSON Pointer into the definition' }),
    title: LocalisedText,
  },
  strict,
)

/** How much of the European standard a definition states: a measure to improve by, not a judgement. */
export const Completeness = Type.Object(
  {
    score: Type.Number({ minimum: 0, maximum: 100, description: 'Points of the elements met' }),
    elements: Type.Array(CompletenessElement, { maxItems: 40 }),
  },
  {
    ...strict,
    description:
      'How much of the European standard is stated: 11 mandatory elements of 6 points, 5 optional ones of 4, and setting, skills, field and two languages of 3.5 each',
    examples: [
      {
        score: 94,
        elements: [
          {
            element: 'level',
            number: 8,
            isMandatory: true,
            isMet: false,
            points: 6,
            pointer: '/levels',
            title: { sv: 'Nivå', en: 'Level' },
          },
        ],
      },
    ],
  },
)
export type Completeness = Static<typeof Completeness>

interface Subject {
  readonly achievement: AchievementContent
  readonly organisation: Pick<Organisation, 'country' | 'legalName'>
}

interface Rule {
  readonly element: string
  readonly number?: number
  readonly kind: 'mandatory' | 'optional' | 'national'
  readonly pointer: string
  readonly sv: string
  readonly en: string
  readonly isMet: (subject: Subject) => boolean
}

const points = { mandatory: 6, optional: 4, national: 3.5 } as const

// Who the learner is and when it was awarded comes with every award, so a definition cannot lack it.
const withEveryAward = () => true

/** The elements of domain.md section 1 in their order there; the last four are those Sweden needs besides. */
const rules: readonly Rule[] = [
  {
    element: 'learner',
    number: 1,
    kind: 'mandatory',
    pointer: '',
    sv: 'Individens identitet',
    en: 'Identification of the learner',
    isMet: withEveryAward,
  },
  {
    element: 'title',
    number: 2,
    kind: 'mandatory',
    pointer: '/title',
    sv: 'Benämning',
    en: 'Title',
    isMet: ({ achievement }) => hasText(achievement.title),
  },
  {
    element: 'issuer_country',
    number: 3,
    kind: 'mandatory',
    pointer: '',
    sv: 'Utfärdarens land',
    en: 'Country of the issuer',
    isMet: ({ organisation }) => organisation.country !== '',
  },
  {
    element: 'awarding_body',
    number: 4,
    kind: 'mandatory',
    pointer: '',
    sv: 'Utfärdande organisation',
    en: 'Awarding body',
    isMet: ({ organisation }) => hasText(organisation.legalName),
  },
  {
    element: 'date_of_issuing',
    number: 5,
    kind: 'mandatory',
    pointer: '',
    sv: 'Utfärdandedatum',
    en: 'Date of issuing',
    isMet: withEveryAward,
  },
  {
    element: 'learning_outcomes',
    number: 6,
    kind: 'mandatory',
    pointer: '/learningOutcomes',
    sv: 'Läranderesultat',
    en: 'Learning outcomes',
    isMet: ({ achievement }) => achievement.learningOutcomes.length > 0,
  },
  {
    element: 'workload',
    number: 7,
    kind: 'mandatory',
    pointer: '/workload',
    sv: 'Omfattning',
    en: 'Notional workload',
    isMet: ({ achievement: { workload } }) =>
      workload?.hours !== undefined || (workload?.credits ?? []).length > 0,
  },
  {
    element: 'level',
    number: 8,
    kind: 'mandatory',
    pointer: '/levels',
    sv: 'Nivå',
    en: 'Level',
    isMet: ({ achievement }) => (achievement.levels ?? []).length > 0 || Boolean(achievement.cycle),
  },
  {
    element: 'assessment',
    number: 9,
    kind: 'mandatory',
    pointer: '/assessment/types',
    sv: 'Bedömningsform',
    en: 'Type of assessment',
    isMet: ({ achievement }) => achievement.assessment.types.length > 0,
  },
  {
    element: 'participation',
    number: 10,
    kind: 'mandatory',
    pointer: '/participation/modes',
    sv: 'Deltagandeform',
    en: 'Form of participation',
    // Nobody takes part in anything when learning is only ever validated.
    isMet: ({ achievement: { participation, setting } }) =>
      participation.modes.length > 0 || setting === 'informal',
  },
  {
    element: 'quality_assurance',
    number: 11,
    kind: 'mandatory',
    pointer: '/qualityAssurance',
    sv: 'Kvalitetssäkring',
    en: 'Type of quality assurance',
    isMet: ({ achievement }) => achievement.qualityAssurance.length > 0,
  },
  {
    element: 'prerequisites',
    number: 12,
    kind: 'optional',
    pointer: '/prerequisites',
    sv: 'Förkunskaper',
    en: 'Prerequisites',
    isMet: ({ achievement }) => hasText(achievement.prerequisites),
  },
  {
    element: 'supervision',
    number: 13,
    kind: 'optional',
    pointer: '/assessment/supervision',
    sv: 'Övervakning och identitetskontroll',
    en: 'Supervision and identity verification',
    isMet: ({ achievement }) => achievement.assessment.supervision !== undefined,
  },
  {
    element: 'grade',
    number: 14,
    kind: 'optional',
    pointer: '/assessment/gradingScheme',
    sv: 'Betyg',
    en: 'Grade achieved',
    isMet: ({ achievement }) => achievement.assessment.gradingScheme !== undefined,
  },
  {
    element: 'stackability',
    number: 15,
    kind: 'optional',
    pointer: '/stacking',
    sv: 'Byggbarhet',
    en: 'Integration or stackability',
    isMet: ({ achievement }) => achievement.stacking !== undefined,
  },
  {
    element: 'further_information',
    number: 16,
    kind: 'optional',
    pointer: '/furtherInformation',
    sv: 'Ytterligare information',
    en: 'Further information',
    isMet: ({ achievement }) =>
      hasText(achievement.furtherInformation) ||
      hasText(achievement.description) ||
      achievement.homepage !== undefined,
  },
  {
    element: 'setting',
    kind: 'national',
    pointer: '/setting',
    sv: 'Lärandeform',
    en: 'Setting',
    isMet: ({ achievement }) => Boolean(achievement.setting),
  },
  {
    element: 'skills',
    kind: 'national',
    pointer: '/skills',
    sv: 'Kompetenser',
    en: 'Skills',
    isMet: ({ achievement }) =>
      [achievement, ...achievement.learningOutcomes].some(({ skills }) => skills?.length),
  },
  {
    element: 'field_of_education',
    kind: 'national',
    pointer: '/fields',
    sv: 'Ämnesområde',
    en: 'Field of education',
    isMet: ({ achievement }) => (achievement.fields ?? []).length > 0,
  },
  {
    element: 'two_languages',
    kind: 'national',
    pointer: '/title',
    sv: 'Svenska och engelska',
    en: 'Swedish and English',
    isMet: ({ achievement: { title, learningOutcomes } }) =>
      [title, ...learningOutcomes.map((outcome) => outcome.title)].every(
        (text) => text.sv !== undefined && text.en !== undefined,
      ),
  },
]

const hasText = (text: Readonly<Record<string, string>> | undefined): boolean =>
  Object.values(text ?? {}).some((words) => words.trim() !== '')

/** Scores a definition against the European standard (domain.md section 8), element by element. */
export function scoreCompleteness(
  achievement: AchievementContent,
  organisation: Subject['organisation'],
): Completeness {
  const elements = rules.map(({ element, number, kind, pointer, sv, en, isMet }) => ({
    element,
    ...(number !== undefined && { number }),
    isMandatory: kind === 'mandatory',
    isMet: isMet({ achievement, organisation }),
    points: points[kind],
    pointer,
    title: { sv, en },
  }))
  const met = elements.filter(({ isMet }) => isMet)
  return { score: met.reduce((sum, { points }) => sum + points, 0), elements }
}
