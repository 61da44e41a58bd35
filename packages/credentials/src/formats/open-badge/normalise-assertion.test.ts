import { describe, expect, it } from 'vitest'
import { normaliseOpenBadge } from './normalise-open-badge.ts'

const normalise = (badge: Record<string, unknown>) => {
  const normalised = normaliseOpenBadge(badge)
  if (!normalised.ok) throw new Error(normalised.code)
  return normalised.value
}
const read = (badge: Record<string, unknown>) => normalise(badge).microCredential
const lossesOf = (badge: Record<string, unknown>) =>
  normalise(badge).losses.map(({ pointer }) => pointer)

describe('an assertion of Open Badges 2.0', () => {
  const assertion = (members = {}, badge = {}) => ({
    '@context': 'https://w3id.org/openbadges/v2',
    type: 'Assertion',
    id: 'https://badges.example.org/assertions/1',
    recipient: { type: 'email', hashed: true, salt: 'x', identity: 'sha256$00' },
    issuedOn: '2023-05-01T09:00:00+00:00',
    expires: '2028-05-01T09:00:00+00:00',
    verification: { type: 'hosted' },
    badge: {
      type: 'BadgeClass',
      id: 'https://badges.example.org/classes/1',
      name: 'Löddning',
      description: 'Att löda kretskort.',
      criteria: { narrative: '<p>Ett prov.</p>' },
      issuer: { type: 'Issuer', id: 'https://badges.example.org', name: 'Exempelskolan' },
      ...badge,
    },
    ...members,
  })

  it('is read as the learner’s own word', () => {
    expect(normalise(assertion())).toEqual({
      version: '2.0',
      isSelfDeclared: true,
      microCredential: {
        type: 'Assertion',
        title: 'Löddning',
        description: 'Att löda kretskort.',
        issuer: { name: 'Exempelskolan', identifier: 'https://badges.example.org' },
        awardedOn: '2023-05-01',
        issuedAt: '2023-05-01T09:00:00.000Z',
        validUntil: '2028-05-01',
        expiresAt: '2028-05-01T09:00:00.000Z',
        furtherInformation: 'Ett prov.',
        achievementId: 'https://badges.example.org/classes/1',
      },
      losses: [],
    })
  })

  it('is read with the extensions of edubadges', () => {
    const badge = {
      'extensions:ECTSExtension': { ECTS: 2.5 },
      'extensions:EQFExtension': { EQF: 7 },
      'extensions:LanguageExtension': { Language: 'nl_NL' },
      'extensions:LearningOutcomeExtension': { LearningOutcome: 'kan löda' },
      'extensions:EducationProgramIdentifierExtension': { EducationProgramIdentifier: 56823 },
      alignment: [{ targetName: 'lödning', targetUrl: 'https://example.org/skills/1' }],
    }
    expect(read(assertion({}, badge))).toMatchObject({
      workload: { credits: [{ value: 2.5 }] },
      levels: [{ framework: 'EQF', level: 7, uri: 'http://data.europa.eu/snb/eqf/7' }],
      learningOutcomes: ['kan löda'],
      participation: { languages: ['nl-NL'] },
      skills: [{ uri: 'https://example.org/skills/1', text: 'lödning' }],
    })
    expect(lossesOf(assertion({ evidence: [] }, badge))).toEqual([
      '/evidence',
      '/badge/extensions:EducationProgramIdentifierExtension',
    ])
  })

  it('shows a recipient only when it is not hashed', () => {
    const recipient = { type: 'email', hashed: false, identity: 'alva@example.org' }
    expect(read(assertion({ recipient })).learner).toEqual({ identification: 'alva@example.org' })
  })

  it.for<[string, Record<string, unknown>]>([
    ['a badge class that is only named', { badge: 'https://badges.example.org/classes/1' }],
    ['a badge class without name', { badge: { id: 'x' } }],
  ])('is refused with %s', ([, members]) => {
    expect(normaliseOpenBadge(assertion(members))).toMatchObject({ code: 'achievement_missing' })
  })
})
