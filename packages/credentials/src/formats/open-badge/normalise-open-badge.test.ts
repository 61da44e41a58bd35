import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { Check, Errors } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { anOpenBadge, legacyContext, openBadgesContext } from '../../../test/forged-vc.ts'
import { MicroCredential } from '../micro-credential.ts'
import { normaliseOpenBadge } from './normalise-open-badge.ts'

const normalise = (badge: Record<string, unknown>) => {
  const normalised = normaliseOpenBadge(badge)
  if (!normalised.ok) throw new Error(normalised.code)
  return normalised.value
}
const read = (badge: Record<string, unknown>) => normalise(badge).microCredential
const lossesOf = (badge: Record<string, unknown>) =>
  normalise(badge).losses.map(({ pointer }) => pointer)

/** A minimal badge whose achievement has what is given. */
const achieving = (achievement: Record<string, unknown>, subject: Record<string, unknown> = {}) => {
  const { credentialSubject, ...badge } = anOpenBadge()
  const base = credentialSubject as { achievement: Record<string, unknown> }
  return {
    ...badge,
    credentialSubject: {
      ...base,
      ...subject,
      achievement: { ...base.achievement, ...achievement },
    },
  }
}

describe('a badge of others', () => {
  it('needs no more than the specification asks for', () => {
    expect(normalise(anOpenBadge())).toEqual({
      version: '3.0',
      isSelfDeclared: false,
      microCredential: {
        type: 'OpenBadgeCredential',
        title: 'Samarbete',
        description: 'Att arbeta tillsammans.',
        issuer: { name: 'Exempeluniversitetet', identifier: 'https://issuer.example/ri-se' },
        awardedOn: '2026-06-05',
        issuedAt: '2026-06-05T12:00:00.000Z',
        learner: { identification: 'urn:uuid:0190c1a2-0000-7000-8000-0000000000c2' },
        furtherInformation: 'Ett projekt i grupp.',
        achievementId: 'https://issuer.example/ri-se/achievements/1',
      },
      losses: [],
    })
  })

  it('may follow the older data model', () => {
    const badge = anOpenBadge({
      '@context': [legacyContext, openBadgesContext],
      issuer: 'https://issuer.example/ri-se',
      validFrom: undefined,
      issuanceDate: '2024-01-02T23:30:00-05:00',
      expirationDate: '2030-01-02T00:00:00Z',
    })
    expect(read(badge)).toMatchObject({
      issuer: { identifier: 'https://issuer.example/ri-se' },
      awardedOn: '2024-01-02',
      issuedAt: '2024-01-03T04:30:00.000Z',
      validUntil: '2030-01-02',
    })
  })

  it('is read in the terms of the Dutch educredential', () => {
    const badge = achieving({
      type: ['Achievement', 'EducredentialAchievement'],
      inLanguage: 'nl-NL',
      ECTS: 3,
      timeInvestment: 84,
      educationProgramIdentifier: 20121350,
      participationType: 'onsite or blended',
      assessmentType: 'portfolio',
      identityChecked: true,
      supervisionType: 'onsite with identity verification',
      alignment: [
        {
          type: ['Alignment'],
          targetType: 'ext:QualityAssurance',
          targetName: 'Kwaliteitskader microcredentials',
          targetUrl: 'https://example.org/kwaliteitskader',
        },
        {
          type: ['Alignment'],
          targetType: 'ext:EQF',
          targetName: 'EQF level 6',
          targetCode: '6',
          targetUrl: 'https://example.org/eqf-levels',
        },
        {
          type: ['Alignment'],
          targetType: 'ext:ESCOAlignment',
          targetName: 'think critically',
          targetUrl: 'http://data.europa.eu/esco/skill/7dd94ad3-13d6-43fe-8b94-51fcbf67ced9',
        },
      ],
    })
    expect(read(badge)).toMatchObject({
      workload: {
        hours: 84,
        credits: [
          { framework: { uri: 'http://data.europa.eu/snb/education-credit/6fcec5c5af' }, value: 3 },
        ],
      },
      levels: [{ framework: 'EQF', level: 6, uri: 'http://data.europa.eu/snb/eqf/6' }],
      participation: { modes: [{ text: 'onsite or blended' }], languages: ['nl-NL'] },
      assessment: {
        types: [{ uri: 'http://data.europa.eu/snb/assessment/4f03b91c0e' }],
        supervision: { uri: 'http://data.europa.eu/snb/supervision-verification/70be69aaf9' },
      },
      qualityAssurance: [
        { uri: 'https://example.org/kwaliteitskader', text: 'Kwaliteitskader microcredentials' },
      ],
      skills: [
        {
          uri: 'http://data.europa.eu/esco/skill/7dd94ad3-13d6-43fe-8b94-51fcbf67ced9',
          text: 'think critically',
        },
      ],
    })
    expect(lossesOf(badge)).toEqual([
      '/credentialSubject/achievement/educationProgramIdentifier',
      '/credentialSubject/achievement/identityChecked',
    ])
  })

  it('shows a recognition of prior learning as such', () => {
    const badge = achieving({ assessmentType: 'recognition of prior learning' })
    expect(read(badge).validation).toEqual({})
    expect(read(anOpenBadge())).not.toHaveProperty('validation')
  })

  it('keeps a number of credits apart from any system', () => {
    const badge = achieving({ creditsAvailable: 36 }, { creditsEarned: 42 })
    expect(read(badge).workload).toEqual({
      credits: [{ framework: { text: 'credits' }, value: 42 }],
    })
  })

  it('keeps a name in one piece, and leaves what is hashed', () => {
    const identifier = [
      { identityType: 'name', hashed: false, identityHash: 'Alva Maria Exempelsson' },
      { identityType: 'emailAddress', hashed: true, identityHash: 'sha256$00' },
    ]
    expect(read(achieving({}, { id: undefined, identifier })).learner).toEqual({
      familyName: 'Alva Maria Exempelsson',
    })
  })

  it('gives the level reached where there is no grade', () => {
    const resultDescription = [
      {
        id: 'urn:r',
        name: 'Projekt',
        rubricCriterionLevel: [{ id: 'urn:l', level: 'Mastered', name: 'Behärskar' }],
      },
    ]
    const result = [{ status: 'Completed' }, { resultDescription: 'urn:r', achievedLevel: 'urn:l' }]
    expect(read(achieving({ resultDescription }, { result })).result).toEqual({
      grade: 'Mastered',
      scheme: 'Projekt',
    })
  })

  it('takes HTML out of its criteria (S-32)', () => {
    const narrative =
      '<h1>Krav</h1><script>alert(1)</script><p onclick="x()">Ett <b>prov</b></p> 1 < 2 \\<b\\>'
    const { furtherInformation } = read(achieving({ criteria: { narrative } }))
    expect(furtherInformation).toBe('Krav alert(1) Ett prov 1 < 2 <b>')
  })

  it('names another body that decided, and reports what else it holds', () => {
    const badge = {
      ...achieving(
        { creator: { name: 'B' }, alignment: [{ targetType: 'ceterms:Credential' }], tag: ['x'] },
        {
          source: { id: 'https://b.example', name: 'B' },
          result: [{ value: 'A' }, { value: 'B' }],
        },
      ),
      evidence: [{ genre: 'Research' }],
      endorsementJwt: ['a.b.c'],
    }
    expect(read(badge).awardingBodies).toEqual([{ name: 'B', identifier: 'https://b.example' }])
    expect(lossesOf(badge)).toEqual([
      '/endorsementJwt',
      '/credentialSubject/achievement/creator',
      '/credentialSubject/achievement/tag',
      '/credentialSubject/achievement/alignment/0',
      '/evidence/0',
      '/credentialSubject/result/1',
    ])
  })

  it.for<[string, Record<string, unknown>, string]>([
    ['another credential', { type: ['VerifiableCredential'] }, 'not_an_open_badge'],
    ['no type', { type: undefined }, 'not_an_open_badge'],
    ['no subject', { credentialSubject: undefined }, 'achievement_missing'],
    ['no achievement', { credentialSubject: {} }, 'achievement_missing'],
  ])('is refused with %s', ([, members, code]) => {
    expect(normaliseOpenBadge(anOpenBadge(members))).toMatchObject({ ok: false, code })
  })

  it('never makes reading throw, whatever it holds', () => {
    const anything = fc.jsonValue({ maxDepth: 4 })
    const members = ['alignment', 'criteria', 'resultDescription', 'type', 'ECTS', 'name', 'image']
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...members), anything),
        fc.dictionary(fc.constantFrom('identifier', 'result', 'source', 'creditsEarned'), anything),
        fc.dictionary(fc.constantFrom('issuer', 'validFrom', 'evidence', 'name'), anything),
        (achievement, subject, badge) => {
          const normalised = normaliseOpenBadge({ ...achieving(achievement, subject), ...badge })
          expect(normalised.ok && Check(MicroCredential, normalised.value.microCredential)).toBe(
            true,
          )
        },
      ),
      { numRuns: 300 },
    )
  })
})

const vectors = join(import.meta.dirname, '../../../../../../shared/vectors/ob3')

describe.skipIf(!existsSync(vectors))('the examples of the specification', () => {
  const files = existsSync(vectors) ? readdirSync(vectors).filter((f) => f.endsWith('.json')) : []

  it.for(files)('%s is read', (file) => {
    const badge = JSON.parse(readFileSync(join(vectors, file), 'utf8'))
    const { microCredential, isSelfDeclared } = normalise(badge)
    expect([...Errors(MicroCredential, microCredential)]).toEqual([])
    expect(isSelfDeclared).toBe(false)
    expect(microCredential).toMatchObject({
      title: badge.name ?? badge.credentialSubject.achievement.name,
      issuer: { name: badge.issuer.name, identifier: badge.issuer.id },
      achievementId: badge.credentialSubject.achievement.id,
    })
  })

  it('fullOpenBadge.json is read in full', () => {
    const badge = JSON.parse(readFileSync(join(vectors, 'fullOpenBadge.json'), 'utf8'))
    expect(read(badge)).toMatchObject({
      issuer: { country: 'US' },
      awardingBodies: [{ name: '1EdTech College of Arts' }],
      result: { grade: 'A' },
      workload: { credits: [{ framework: { text: 'credits' }, value: 42 }] },
      learner: { identification: expect.stringContaining('@') },
    })
  })
})
