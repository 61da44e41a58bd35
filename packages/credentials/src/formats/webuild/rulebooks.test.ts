import { describe, expect, it } from 'vitest'
import { anAwardRecord } from '../../../test/award-records.ts'
import { aSkill, project, validation } from '../../../test/rulebook-awards.ts'
import { findDisclosureProfiles } from '../disclosure-profiles.ts'
import { learningCredentialClaims } from '../learning-credential-claims.ts'
import { toRulebookClaim } from './claim-names.ts'
import { rulebookClaims } from './claims.ts'
import { rulebookFormats, rulebookVcts } from './rulebook.ts'
import { rulebookTypeIntegrity, rulebookTypeMetadata } from './type-metadata.ts'

describe('both types', () => {
  const samples = [
    ['webuild_micro_credential', anAwardRecord()],
    ['webuild_verified_skill', aSkill({ award: { validation } })],
  ] as const

  it.each(samples)('%s never parts the title from its issuer, level and kind', (format, record) => {
    const { claims, disclosable } = project(record, format)
    const context = Object.keys(claims).filter((name) => !disclosable.includes(name))
    expect(context).toEqual(
      expect.arrayContaining([
        ...['attestation_legal_category', 'title', 'issuerName', 'issuerCountry', 'awardingBody'],
        ...['issuanceDate', 'achievementId'],
        ...(format === 'webuild_micro_credential'
          ? ['level']
          : ['skillProficiencyLevel', 'qualityAssuranceLevel', 'validation']),
      ]),
    )
    expect(disclosable).toEqual(
      expect.arrayContaining(['givenName', 'familyName', 'identifier', 'typeOfAssessment']),
    )
  })

  it.each(samples)('%s is described by its metadata, claim by claim', (format, record) => {
    const { claims, disclosable } = project(record, format, { legalCategoryClaims: ['category'] })
    const metadata = rulebookTypeMetadata(format)
    expect(metadata.vct).toBe(rulebookVcts[format])
    for (const name of Object.keys(claims)) {
      const described = metadata.claims.find(({ path }) => path.length === 1 && path[0] === name)
      expect(described?.sd, name).toBe(disclosable.includes(name) ? 'always' : 'never')
    }
    for (const { path, mandatory } of metadata.claims)
      if (mandatory) expect(claims).toHaveProperty(String(path[0]))
    expect(rulebookTypeIntegrity(format)).toMatch(/^sha256-[A-Za-z0-9+/]{43}=$/)
  })

  it.each(samples)(
    '%s carries the ETSI name of the legal category when it is chosen',
    (format, record) => {
      const { claims } = project(record, format, { legalCategoryClaims: ['category'] })
      expect([claims.category, claims.attestation_legal_category]).toEqual([
        'eaa:eu:non-qualified',
        'non-qualified-EAA',
      ])
    },
  )

  it.each(samples)(
    '%s has disclosure profiles of its own claims, each within the next',
    (format, record) => {
      const {
        existence,
        skills: can,
        recognition,
        full,
      } = findDisclosureProfiles(rulebookVcts[format])
      expect(existence).toEqual([])
      expect(recognition).toEqual(expect.arrayContaining([...can]))
      expect(full).toEqual(expect.arrayContaining([...recognition]))
      expect(full).toEqual(expect.arrayContaining(project(record, format).disclosable))
      expect(can).not.toContain('familyName')
    },
  )

  it.each(samples)('%s says its texts in English when asked', (format, record) => {
    const { claims, losses } = project(record, format, { locale: 'en' })
    expect(claims.title).toBe('Data-driven business development')
    expect(losses.filter(({ code }) => code === 'LOSS_LANGUAGE').length).toBeGreaterThan(2)
  })
})

describe('asking in the words of the EUDI learning credential', () => {
  it('names claims that the type has, and leaves other words alone', () => {
    for (const format of rulebookFormats)
      for (const claim of Object.keys(learningCredentialClaims)) {
        const name = toRulebookClaim(format, claim)
        if (name !== claim) expect(rulebookClaims[format]).toHaveProperty(name)
      }
    expect(toRulebookClaim('webuild_verified_skill', 'learning_outcomes')).toBe('skillOutcome')
    for (const word of ['levels', 'constructor', 'skillOutcome'])
      expect(toRulebookClaim('webuild_verified_skill', word)).toBe(word)
  })
})

describe('the type metadata of a version', () => {
  it('never changes: credentials name it by its digest', () => {
    // Another text is another version of the document: give it a version and an address of its own.
    expect(rulebookFormats.map(rulebookTypeIntegrity)).toEqual([
      'sha256-Oy7eQpc1K71kW9codsKPGJFQuAQtb5iQ5NBKTD7Fzxw=',
      'sha256-TPCQt5QMbrCtDnl64iJOwQ6tPJz/IfuH2cKR00475/Q=',
    ])
  })
})
