import { describe, expect, it } from 'vitest'
import type { AchievementDraft } from './achievement.ts'
import { scoreCompleteness } from './completeness.ts'
import { achievementExample } from './examples.ts'
import { normaliseAchievement } from './normalise.ts'
import { organisationExample } from './organisation.ts'

const score = (change: Partial<AchievementDraft>) =>
  scoreCompleteness(normaliseAchievement({ ...achievementExample, ...change }), organisationExample)
const missing = (change: Partial<AchievementDraft>) =>
  score(change)
    .elements.filter(({ isMet }) => !isMet)
    .map(({ element }) => element)

describe('scoreCompleteness', () => {
  it('gives a hundred points to a definition that states everything', () => {
    const { score: total, elements } = score({})
    expect(missing({})).toEqual([])
    expect(total).toBe(100)
    expect(elements.reduce((sum, { points }) => sum + points, 0)).toBe(100)
    expect(elements.filter(({ isMandatory }) => isMandatory)).toHaveLength(11)
  })

  it.for<[string, Partial<AchievementDraft>, number]>([
    ['prerequisites', { prerequisites: { sv: ' ' } }, 96],
    ['two_languages', { title: { sv: 'Affärsutveckling' } }, 96.5],
    ['field_of_education', { fields: [] }, 96.5],
    ['participation', { participation: { modes: [], languages: ['sv'] } }, 94],
  ])('names what is missing: %s', ([element, change, total]) => {
    expect(missing(change)).toEqual([element])
    expect(score(change).score).toBe(total)
  })

  it('says where each element is stated, in both languages', () => {
    for (const { pointer, title } of score({}).elements) {
      expect(pointer).toMatch(/^(?:\/[A-Za-z]+)*$/)
      expect([title.sv, title.en]).toEqual([expect.any(String), expect.any(String)])
    }
  })
})
