import fc from 'fast-check'
import { assessmentTypes, learningModes, supervisionTypes } from '../src/code-lists/assessment.ts'
import type { AchievementDraft } from '../src/domain/achievement.ts'
import type { AwardDraft, AwardRecord } from '../src/domain/award.ts'
import { achievementExample, awardExample } from '../src/domain/examples.ts'
import { normaliseAchievement, normaliseAward } from '../src/domain/normalise.ts'
import { type Organisation, organisationExample } from '../src/domain/organisation.ts'

/** A stored award, made of the published examples; a test states only what matters to it. */
export function anAwardRecord({
  organisation = organisationExample,
  achievement = {},
  award = {},
}: {
  organisation?: Organisation
  achievement?: Partial<AchievementDraft>
  award?: Partial<AwardDraft>
} = {}): AwardRecord {
  const content = normaliseAchievement({ ...achievementExample, ...achievement })
  return {
    organisation,
    achievement: { id: '0190a5c4-7d1e-7c3b-9f00-000000000001', version: 1, ...content },
    award: {
      id: '0190c1a2-0000-7000-8000-0000000000a1',
      ...normaliseAward({ ...awardExample, ...award }, content),
    },
  }
}

const words = fc
  .string({ minLength: 1, maxLength: 60, unit: 'grapheme' })
  .filter((text) => text.trim() !== '')

const someOf = <T>(values: readonly T[]) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 })
const uris = (list: { concepts: readonly { uri: string }[] }) => list.concepts.map(({ uri }) => uri)

/** Awards of every shape that the projection carries completely: one language, all members optional. */
export const awardRecords: fc.Arbitrary<AwardRecord> = fc
  .record({
    title: words,
    outcomes: fc.array(words, { minLength: 1, maxLength: 6 }),
    description: fc.option(words, { nil: undefined }),
    hours: fc.option(fc.integer({ min: 1, max: 800 }), { nil: undefined }),
    credits: fc.option(fc.constantFrom(0.5, 3, 7.5, 15), { nil: undefined }),
    level: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
    types: someOf(uris(assessmentTypes)),
    modes: someOf(uris(learningModes)),
    supervision: fc.option(fc.constantFrom(...uris(supervisionTypes)), { nil: undefined }),
    languages: someOf(['sv', 'en', 'fi', 'se']),
    field: fc.option(fc.constantFrom('06', '068', '0688'), { nil: undefined }),
    prerequisites: fc.option(words, { nil: undefined }),
    grade: fc.option(fc.constantFrom('A', 'C', 'E'), { nil: undefined }),
    givenName: fc.option(words, { nil: undefined }),
    familyName: words,
    validUntil: fc.option(fc.constant('2031-06-05'), { nil: undefined }),
  })
  .map((shape) => buildRecord(shape))

interface Shape {
  title: string
  outcomes: string[]
  description: string | undefined
  hours: number | undefined
  credits: number | undefined
  level: number | undefined
  types: string[]
  modes: string[]
  supervision: string | undefined
  languages: string[]
  field: string | undefined
  prerequisites: string | undefined
  grade: string | undefined
  givenName: string | undefined
  familyName: string
  validUntil: string | undefined
}

function buildRecord(shape: Shape): AwardRecord {
  const { hours, credits, level } = shape
  const draft: AchievementDraft = {
    title: { sv: shape.title },
    learningOutcomes: shape.outcomes.map((text) => ({ title: { sv: text } })),
    ...((hours !== undefined || credits !== undefined) && {
      workload: {
        ...(hours !== undefined && { hours }),
        ...(credits !== undefined && { credits: [{ framework: 'ects', value: credits }] }),
      },
    }),
    ...(level !== undefined && { levels: [{ framework: 'EQF', level }] }),
    ...(shape.description && { description: { sv: shape.description } }),
    ...(shape.prerequisites && { prerequisites: { sv: shape.prerequisites } }),
    ...(shape.field && { fields: [shape.field] }),
    assessment: {
      types: shape.types,
      gradingScheme: 'AF',
      ...(shape.supervision && { supervision: shape.supervision }),
    },
    participation: { modes: shape.modes, languages: shape.languages },
    setting: 'non_formal',
    qualityAssurance: [{ type: 'programme_qa' }],
  }
  const content = normaliseAchievement(draft)
  const award: AwardDraft = {
    achievementId: awardExample.achievementId,
    learner: {
      familyName: shape.familyName,
      ...(shape.givenName && { givenName: shape.givenName }),
    },
    awardedOn: '2026-06-05',
    ...(shape.grade && { result: { grade: shape.grade } }),
    ...(shape.validUntil && { validUntil: shape.validUntil }),
  }
  return {
    organisation: organisationExample,
    achievement: { id: awardExample.achievementId, version: 1, ...content },
    award: { id: '0190c1a2-0000-7000-8000-0000000000a1', ...normaliseAward(award, content) },
  }
}
