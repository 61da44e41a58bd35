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
const choose = (...names: string[]) => {
  const chosen = chooseSharedClaims(
    { disclosable },
    names.map((name) => [name]),
  )
  return chosen.ok ? chosen.value.map(([name]) => name) : chosen.detail
}

describe('chooseSharedClaims', () => {
  it('never leaves the level out', () => {
    expect(choose('skills')).toEqual(['level_of_learning_experience', 'levels', 'skills'])
    expect(choose()).toEqual(['level_of_learning_experience', 'levels'])
  })

  it('keeps a grade with its scale, and a scale by itself out', () => {
    expect(choose('assessment_grade')).toContain('grading_scheme')
    expect(choose('skills')).not.toContain('grading_scheme')
  })

  it('shows what was learned and not who when nothing is chosen', () => {
    const chosen = chooseSharedClaims({ disclosable }, undefined)
    const names = chosen.ok ? chosen.value.map(([name]) => name) : []
    expect(names).toContain('learning_outcomes')
    expect(names).not.toContain('family_name')
    expect(names).not.toContain('assessment_grade')
  })

  it('refuses what cannot be disclosed', () => {
    expect(choose('iss')).toMatch(/not among/)
    expect(chooseSharedClaims({ disclosable }, [['skills', 0]]).ok).toBe(false)
  })
})
