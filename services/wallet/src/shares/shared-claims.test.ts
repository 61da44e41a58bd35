import { describe, expect, it } from 'vitest'
import { chooseSharedClaims } from './shared-claims.ts'

const disclosable = [
  ['family_name'],
  ['learning_outcomes'],
  ['level_of_learning_experience'],
  ['levels'],
  ['assessment_grade'],
  ['grading_scheme'],
  ['skills'],
]
const payload = { vct: 'urn:eu.europa.ec.eudi:learning:credential:1' }
const choose = (...names: string[]) => {
  const chosen = chooseSharedClaims(
    { disclosable, payload },
    names.map((name) => [name]),
  )
  return chosen.ok ? chosen.value.map(([name]) => name) : chosen.detail
}

describe('chooseSharedClaims', () => {
  it('never leaves the level out', () => {
    expect(choose('skills')).toEqual(['level_of_learning_experience', 'levels', 'skills'])
    expect(choose()).toEqual(['level_of_learning_experience', 'levels'])
  })

  it('knows the claims of a verified skill, and keeps its stage with it', () => {
    const names = ['familyName', 'skillOutcome', 'skillProficiencyLevel', 'awardingBody', 'grade']
    const skill = {
      disclosable: names.map((name) => [name]),
      payload: { vct: 'VerifiableVerifiedSkill' },
    }
    const named = (paths?: string[][]) => {
      const chosen = chooseSharedClaims(skill, paths)
      return chosen.ok && chosen.value.map(([name]) => name)
    }
    expect(named()).toEqual(['skillOutcome', 'skillProficiencyLevel', 'awardingBody'])
    expect(named([['grade']])).toEqual(['skillProficiencyLevel', 'awardingBody', 'grade'])
  })

  it('keeps a grade with its scale, and a scale by itself out', () => {
    expect(choose('assessment_grade')).toContain('grading_scheme')
    expect(choose('skills')).not.toContain('grading_scheme')
  })

  it('shows what was learned and not who when nothing is chosen', () => {
    const chosen = chooseSharedClaims({ disclosable, payload }, undefined)
    const names = chosen.ok ? chosen.value.map(([name]) => name) : []
    expect(names).toContain('learning_outcomes')
    expect(names).not.toContain('family_name')
    expect(names).not.toContain('assessment_grade')
  })

  it('refuses what cannot be disclosed', () => {
    expect(choose('iss')).toMatch(/not among/)
    expect(chooseSharedClaims({ disclosable, payload }, [['skills', 0]]).ok).toBe(false)
  })
})
