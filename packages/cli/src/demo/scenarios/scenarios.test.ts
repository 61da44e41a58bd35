import {
  type AwardDraft,
  checkAchievement,
  checkAward,
  checkOrganisation,
  normaliseAchievement,
} from '@mikromerit/credentials'
import { describe, expect, it } from 'vitest'
import { companyCourse } from './company-course.ts'
import { secondCourse } from './second-course.ts'
import { universityCourse } from './university-course.ts'
import { validation } from './validation.ts'
import { wholeOf } from './whole.ts'

const days = ['2026-01-01', '2026-03-01', '2028-02-29', '2026-11-25']

describe.each([
  ['a university course', universityCourse],
  ['a second university course', secondCourse],
  ['a company course', companyCourse],
  ['a validation', validation],
])('%s', (_name, build) => {
  it.each(days)('has nothing to complain about on %s', (today) => {
    const { organisation, achievement, learner, award } = build(today)
    const { id, ...content } = achievement
    const draft: AwardDraft = { ...award, learner, achievementId: id }

    expect(checkOrganisation(organisation)).toEqual([])
    expect(checkAchievement(content)).toEqual([])
    expect(checkAward(draft, normaliseAchievement(content), today)).toEqual([])
  })
})

describe('the whole made of three parts', () => {
  it.each(days)('has nothing to complain about on %s', (today) => {
    const { id: _, ...content } = wholeOf(today, 'http://localhost:3001')

    expect(checkAchievement(content)).toEqual([])
  })
})
