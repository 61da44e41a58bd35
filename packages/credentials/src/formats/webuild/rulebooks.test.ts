import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { anAwardRecord, awardRecords } from '../../../test/award-records.ts'
import { proficiencyStages } from '../../code-lists/proficiency.ts'
import type { AwardRecord } from '../../domain/award.ts'
import { findDisclosureProfiles } from '../disclosure-profiles.ts'
import { MicroCredential } from '../micro-credential.ts'
import { normaliseLearningCredential } from '../normalise-learning-credential.ts'
import type { RulebookOptions } from './project-common.ts'
import { projectMicroCredential } from './project-micro-credential.ts'
import { projectVerifiedSkill } from './project-verified-skill.ts'
import { type RulebookFormat, rulebookVcts } from './rulebook.ts'
import { rulebookTypeIntegrity, rulebookTypeMetadata } from './type-metadata.ts'

const issuer = 'https://issuer.example.se/exempeluniversitetet'
const projections = {
  webuild_micro_credential: projectMicroCredential,
  webuild_verified_skill: projectVerifiedSkill,
}

function project(record: AwardRecord, format: RulebookFormat, options?: Partial<RulebookOptions>) {
  const projected = projections[format](record, { issuer, ...options })
  if (!projected.ok) throw new Error(projected.code)
  return projected.value
}

function readBack(record: AwardRecord, format: RulebookFormat) {
  const { claims, losses } = project(record, format)
  const read = normaliseLearningCredential({ vct: rulebookVcts[format], iss: issuer, ...claims })
  if (!read.ok) throw new Error(read.detail)
  const lost = losses.map(({ pointer }) => pointer)
  return { read: read.value, lost: (pointer: string) => lost.includes(pointer) }
}

const validation = {
  purpose: 'competence' as const,
  standard: { title: { sv: 'Branschstandard för lagerarbete' }, version: '2025' },
  steps: [{ kind: 'assessment' as const, doneOn: '2026-05-20' }],
  methods: ['interview' as const],
}
const aSkill = ({
  achievement = {},
  award = {},
}: Pick<NonNullable<Parameters<typeof anAwardRecord>[0]>, 'achievement' | 'award'> = {}) =>
  anAwardRecord({
    achievement: { setting: 'non_formal', ...achievement },
    award: { proficiency: 'competent', ...award },
  })

const formal = awardRecords.map(
  (record): AwardRecord => ({
    ...record,
    achievement: { ...record.achievement, setting: 'formal' },
  }),
)
const skills = fc.tuple(awardRecords, fc.constantFrom(...proficiencyStages), fc.boolean()).map(
  ([record, proficiency, isInformal]): AwardRecord => ({
    ...record,
    achievement: {
      ...record.achievement,
      setting: isInformal ? 'informal' : 'non_formal',
    },
    award: { ...record.award, proficiency },
  }),
)
const urisOf = (coded: readonly { uri?: string }[] | undefined) => coded?.map(({ uri }) => uri)
const validator = Compile(MicroCredential)

/** What both types carry of every award: what is not among it must be reported as lost. */
function expectCommon(record: AwardRecord, { read, lost }: ReturnType<typeof readBack>) {
  const { achievement, award } = record
  expect([...validator.Errors(read)]).toEqual([])
  expect(read.title).toBe(achievement.title.sv)
  expect(read.learningOutcomes).toEqual(achievement.learningOutcomes.map(({ title }) => title.sv))
  expect(read.issuer).toMatchObject({ name: 'Exempeluniversitetet', country: 'SE' })
  expect(read.awardedOn).toBe(award.awardedOn)
  expect(read.validUntil).toBe(award.validUntil)
  expect(read.learner?.familyName).toBe(award.learner.familyName)
  expect(read.learner?.givenName).toBe(award.learner.givenName)
  expect(lost('/award/learner/givenName')).toBe(award.learner.givenName === undefined)
  expect(urisOf(read.assessment?.types)).toEqual(achievement.assessment.types.slice(0, 1))
  expect(lost('/achievement/assessment/types')).toBe(achievement.assessment.types.length > 1)
  expect(urisOf(read.participation?.modes)).toEqual(achievement.participation.modes.slice(0, 1))
  expect(lost('/achievement/participation/modes/1')).toBe(
    achievement.participation.modes.length > 1,
  )
  expect(read.assessment?.supervision?.uri).toBe(achievement.assessment.supervision)
  expect(urisOf(read.qualityAssurance)).toEqual(
    achievement.qualityAssurance.map(({ type }) => type),
  )
  expect(read.result?.grade).toBe(award.result?.grade)
  expect(read.awardId).toBe(`urn:uuid:${award.id}`)
  expect(read.achievementId).toBe(`${issuer}/achievements/${achievement.id}`)
  expect(read.description).toBeUndefined()
  expect(lost('/achievement/description')).toBe(achievement.description !== undefined)
}

describe('VerifiableMicroCredential', () => {
  it('comes back with what its losses do not name', () => {
    fc.assert(
      fc.property(formal, (record) => {
        const { achievement } = record
        const back = readBack(record, 'webuild_micro_credential')
        expectCommon(record, back)
        const { read, lost } = back
        expect(read.setting?.uri).toMatch(/6fd4685715$/)
        expect(read.levels?.map(({ level }) => level)).toEqual(
          achievement.levels?.map(({ level }) => level),
        )
        expect(urisOf(read.fields)).toEqual(achievement.fields)
        expect(read.prerequisites?.[0]).toBe(achievement.prerequisites?.sv)
        const { hours, credits } = achievement.workload ?? {}
        expect(read.workload?.credits?.map(({ value }) => value)).toEqual(
          credits?.map(({ value }) => value),
        )
        expect(read.workload?.hours).toBe(credits ? undefined : hours)
        expect(lost('/achievement/workload/hours')).toBe(
          credits !== undefined && hours !== undefined,
        )
        expect(lost('/achievement/workload')).toBe(achievement.workload === undefined)
      }),
      { numRuns: 60 },
    )
  })

  it.each([
    ['award_not_formal', { achievement: { setting: 'non_formal' as const } }],
    ['award_not_formal', { achievement: { setting: 'informal' as const }, award: { validation } }],
    ['award_of_validation', { award: { validation } }],
  ])('refuses with %s', (code, changes) => {
    expect(projectMicroCredential(anAwardRecord(changes), { issuer })).toMatchObject({
      ok: false,
      code,
    })
  })

  it('writes levels, workload and codes as the rulebook does', () => {
    const { claims } = project(anAwardRecord(), 'webuild_micro_credential')
    expect(claims).toMatchObject({
      attestation_legal_category: 'non-qualified-EAA',
      level: 'EQF-6',
      nationalQualificationsFrameworkLevel: 'SeQF-6',
      notionalWorkload: { value: 3, unit: 'ECTS' },
      typeOfAssessment: 'project-assessment',
      formOfParticipation: 'online',
      idVerificationMethod: 'supervised-with-identity-verification',
      qualityAssurance: 'institutional-quality-assurance',
      accreditation: {
        type: 'institutional-quality-assurance',
        accreditingAgent: 'Universitetskanslersämbetet',
        decisionDate: '2024-03-12',
      },
      fieldOfEducation: '0688',
      stackable: true,
      partOfQualification: 'Kandidatprogrammet i affärsutveckling',
      rulebookVersion: '0.2',
    })
    expect(claims).not.toHaveProperty('category')
  })

  it('never turns other credits into ECTS', () => {
    const workload = { credits: [{ framework: 'yhp', value: 20 }] }
    const { claims, losses } = project(
      anAwardRecord({ achievement: { workload } }),
      'webuild_micro_credential',
    )
    expect(claims).not.toHaveProperty('notionalWorkload')
    expect(losses.map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining(['/achievement/workload', '/achievement/workload/credits/0']),
    )
  })
})

describe('VerifiableVerifiedSkill', () => {
  it('comes back with what its losses do not name, and never with a level or credits', () => {
    fc.assert(
      fc.property(skills, (record) => {
        const { achievement, award } = record
        const back = readBack(record, 'webuild_verified_skill')
        expectCommon(record, back)
        const { read, lost } = back
        expect(read.proficiency?.uri).toBe(
          `urn:mikromerit:proficiency:${award.proficiency?.replaceAll('_', '-')}`,
        )
        expect(read.assuranceLevel?.uri).toMatch(/self-asserted$/)
        expect(read.setting?.label?.en).toBe(
          achievement.setting === 'informal' ? 'informal learning' : 'non-formal learning',
        )
        expect(read.workload?.hours).toBe(achievement.workload?.hours)
        expect([read.workload?.credits, read.levels, read.fields]).toEqual([
          undefined,
          undefined,
          undefined,
        ])
        expect(lost('/achievement/levels')).toBe((achievement.levels?.length ?? 0) > 0)
        expect(lost('/achievement/workload/credits')).toBe(
          achievement.workload?.credits !== undefined,
        )
        expect(lost('/achievement/fields')).toBe(achievement.fields !== undefined)
        expect(lost('/achievement/prerequisites')).toBe(achievement.prerequisites !== undefined)
      }),
      { numRuns: 60 },
    )
  })

  it('holds nothing that says EQF or ECTS', () => {
    const text = JSON.stringify(project(aSkill(), 'webuild_verified_skill').claims)
    expect(text).not.toMatch(/EQF|ECTS/)
  })

  it('refuses formal education, recognised or taught', () => {
    for (const award of [{}, { validation }])
      expect(projectVerifiedSkill(anAwardRecord({ award }), { issuer })).toMatchObject({
        ok: false,
        code: 'award_formal',
      })
  })

  it('reports a proficiency nobody assessed, and invents none', () => {
    const { proficiency: _, ...award } = aSkill().award
    const { claims, losses } = project({ ...aSkill(), award }, 'webuild_verified_skill')
    expect(claims).not.toHaveProperty('skillProficiencyLevel')
    expect(losses).toContainEqual(
      expect.objectContaining({ code: 'LOSS_REQUIRED_CLAIM', pointer: '/award/proficiency' }),
    )
  })

  it('shows a validation to everybody, and names no person', () => {
    const assessors = [{ name: 'Bo Bedömare', role: { sv: 'yrkesbedömare' } }]
    const record = aSkill({ award: { validation: { ...validation, assessors } } })
    const { claims, disclosable } = project(record, 'webuild_verified_skill')
    expect(disclosable).not.toContain('validation')
    expect(claims).toMatchObject({
      assessmentDate: '2026-05-20',
      assessor: { name: 'Exempeluniversitetet' },
    })
    expect(JSON.stringify(claims)).not.toContain('Bo Bedömare')
    expect(readBack(record, 'webuild_verified_skill').read.validation).toMatchObject({
      standard: 'Branschstandard för lagerarbete (2025)',
      methods: ['interview'],
    })
  })

  const outside = { legalName: { sv: 'Branschnämnden' } }
  it.each([
    [
      'an audit by another body',
      'audited-assessment',
      {
        qualityAssurance: [{ type: 'programme_licence', agent: outside, decidedOn: '2024-01-01' }],
      },
      {},
    ],
    [
      'an audit that had run out',
      'self-asserted',
      {
        qualityAssurance: [
          {
            type: 'programme_licence',
            agent: outside,
            decidedOn: '2024-01-01',
            expiresOn: '2026-01-01',
          },
        ],
      },
      {},
    ],
    [
      'an audit without a decision',
      'self-asserted',
      { qualityAssurance: [{ type: 'programme_licence', agent: outside }] },
      {},
    ],
    [
      'an audit by itself',
      'self-asserted',
      {
        qualityAssurance: [
          {
            type: 'programme_qa',
            agent: { legalName: { sv: 'EXEMPELUNIVERSITETET ' } },
            decidedOn: '2024-01-01',
          },
        ],
      },
      {},
    ],
    [
      'assessors from elsewhere',
      'third-party-assessed',
      { qualityAssurance: [{ type: 'programme_qa' }] },
      {
        validation: {
          ...validation,
          assessors: [{ role: { sv: 'bedömare' }, organisation: outside }],
        },
      },
    ],
    [
      'nothing but its own word',
      'self-asserted',
      { qualityAssurance: [{ type: 'programme_qa' }] },
      {},
    ],
    ['nothing at all', undefined, { qualityAssurance: [] }, {}],
  ])('with %s is %s', (_, level, achievement, award) => {
    const { claims, losses } = project(aSkill({ achievement, award }), 'webuild_verified_skill')
    expect(claims.qualityAssuranceLevel).toBe(level)
    expect(losses.some(({ claim }) => claim === 'qualityAssuranceLevel')).toBe(level === undefined)
  })
})

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
