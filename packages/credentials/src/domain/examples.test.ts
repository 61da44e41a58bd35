import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { Achievement, AchievementContent, AchievementDraft } from './achievement.ts'
import { Award, AwardDraft } from './award.ts'
import { checkAchievement } from './check-achievement.ts'
import { checkAward } from './check-award.ts'
import { checkOrganisation } from './check-organisation.ts'
import { achievementExample, awardExample } from './examples.ts'
import { normaliseAchievement, normaliseAward } from './normalise.ts'
import { OrganisationDraft, organisationExample } from './organisation.ts'
import { Validation } from './validation.ts'

const examplesOf = (schema: object) => (schema as { examples: unknown[] }).examples

describe('the published examples', () => {
  it.for([
    ['OrganisationDraft', OrganisationDraft],
    ['AchievementDraft', AchievementDraft],
    ['AwardDraft', AwardDraft],
    ['Validation', Validation],
  ] as const)('satisfy the schema of %s', ([, schema]) => {
    const validator = Compile(schema)
    for (const example of examplesOf(schema)) expect([...validator.Errors(example)]).toEqual([])
  })

  it('break no rule', () => {
    const achievement = normaliseAchievement(achievementExample)
    const errors = [
      ...checkOrganisation(organisationExample),
      ...checkAchievement(achievementExample),
      ...checkAward(awardExample, achievement, '2026-06-05'),
    ].filter(({ severity }) => severity !== 'hint')
    expect(errors).toEqual([])
  })

  it('satisfy the schemas of what is stored once normalised, and normalising again changes nothing', () => {
    const achievement = normaliseAchievement(achievementExample)
    const award = normaliseAward(awardExample, achievement)
    const id = '0190a5c4-7d1e-7c3b-9f00-000000000002'
    expect([...Compile(AchievementContent).Errors(achievement)]).toEqual([])
    expect([...Compile(Achievement).Errors({ ...achievement, id, version: 1 })]).toEqual([])
    expect([...Compile(Award).Errors({ ...award, id })]).toEqual([])
    expect(normaliseAchievement(achievement)).toEqual(achievement)
    expect(normaliseAward(award, achievement)).toEqual(award)
  })
})
