import { describe, expect, it } from 'vitest'
import { labelClaim, readClaimLabels } from './claim-labels.ts'

const labels = readClaimLabels([
  { path: ['remark'], display: [{ name: 'Omdöme', locale: 'sv-SE' }] },
  { path: ['parts', null, 'name'], display: [{ label: 'Part', locale: 'en' }] },
  {
    path: ['skills'],
    display: [
      { name: 'Skills', locale: 'en' },
      { name: 'Färdigheter', locale: 'sv' },
    ],
  },
  { path: 'not a path', display: [{ name: 'x' }] },
  { path: ['no display'] },
  null,
])

describe('labelClaim', () => {
  it.each<[(string | number)[], { sv: string; en: string }]>([
    [['remark'], { sv: 'Omdöme', en: 'Omdöme' }],
    [
      ['skillProficiencyLevel'],
      { sv: 'Färdighetsstadium (Dreyfus)', en: 'Skill proficiency (Dreyfus)' },
    ],
    [['parts', 3, 'name'], { sv: 'Part', en: 'Part' }],
    [['skills', 0], { sv: 'Färdigheter', en: 'Skills' }],
    [['learning_outcomes', 1], { sv: 'Läranderesultat', en: 'Learning outcomes' }],
    [['something_else', 0], { sv: 'something else', en: 'something else' }],
    [['constructor'], { sv: 'constructor', en: 'constructor' }],
  ])('names %j', (path, label) => {
    expect(labelClaim(path, labels)).toEqual({ path, label })
  })

  it('reads nothing from what is no list of claims', () => {
    expect(readClaimLabels({ path: ['grade'] })).toEqual({})
  })
})
