import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { anAwardRecord, awardRecords } from '../../test/award-records.ts'
import { disclosureProfiles, learningCredentialVct } from './learning-credential-claims.ts'
import { MicroCredential } from './micro-credential.ts'
import { normaliseLearningCredential } from './normalise-learning-credential.ts'
import { projectLearningCredential } from './project-learning-credential.ts'

const issuer = 'https://issuer.example.se/exempeluniversitetet'
const validation = {
  purpose: 'competence' as const,
  standard: { title: { sv: 'Branschstandard för lagerarbete' }, version: '2025' },
  steps: [{ kind: 'in_depth_mapping' as const }, { kind: 'assessment' as const }],
  methods: ['interview' as const, 'practical_test' as const],
  assessors: [{ name: 'Bo Bedömare', role: { sv: 'yrkesbedömare' } }],
}

const normalise = (claims: Record<string, unknown>) => {
  const normalised = normaliseLearningCredential({
    vct: learningCredentialVct,
    iss: issuer,
    ...claims,
  })
  if (!normalised.ok) throw new Error(normalised.detail)
  return normalised.value
}

describe('the projection onto the EUDI learning credential', () => {
  it('keeps every carried element: normalising gives them back', () => {
    const validator = Compile(MicroCredential)
    fc.assert(
      fc.property(awardRecords, ({ achievement, award, organisation }) => {
        const { claims } = projectLearningCredential(
          { achievement, award, organisation },
          { issuer },
        )
        const read = normalise(claims)
        expect([...validator.Errors(read)]).toEqual([])
        expect(read.title).toBe(achievement.title.sv)
        expect(read.description).toBe(achievement.description?.sv)
        expect(read.learningOutcomes).toEqual(
          achievement.learningOutcomes.map(({ title }) => title.sv),
        )
        expect(read.workload?.hours).toBe(achievement.workload?.hours)
        expect(
          read.workload?.credits?.map(({ framework, value }) => ({
            framework: framework.uri,
            value,
          })),
        ).toEqual(achievement.workload?.credits)
        expect(read.levels?.map(({ level }) => level)).toEqual(
          achievement.levels?.map(({ level }) => level),
        )
        expect(read.assessment?.types?.map(({ uri }) => uri)).toEqual(achievement.assessment.types)
        expect(read.assessment?.supervision?.uri).toBe(achievement.assessment.supervision)
        expect(read.participation?.modes?.map(({ uri }) => uri)).toEqual(
          achievement.participation.modes,
        )
        expect(read.participation?.languages).toEqual(achievement.participation.languages)
        expect(read.fields?.map(({ uri }) => uri)).toEqual(achievement.fields)
        expect(read.qualityAssurance?.map(({ uri }) => uri)).toEqual(
          achievement.qualityAssurance.map(({ type }) => type),
        )
        expect(read.prerequisites?.[0]).toBe(achievement.prerequisites?.sv)
        expect(read.result?.grade).toBe(award.result?.grade)
        expect(read.learner?.familyName).toBe(award.learner.familyName)
        expect(read.learner?.givenName).toBe(award.learner.givenName)
        expect(read.awardedOn).toBe(award.awardedOn)
        expect(read.validUntil).toBe(award.validUntil)
      }),
    )
  })

  it('leaves out a level and a study time there are not, and says so', () => {
    const record = anAwardRecord({ achievement: { levels: [], setting: 'informal' } })
    const { workload: _, ...achievement } = record.achievement
    const { claims, losses } = projectLearningCredential({ ...record, achievement }, { issuer })
    expect(claims).not.toHaveProperty('level_of_learning_experience')
    expect(claims).not.toHaveProperty('expected_study_time')
    expect(
      losses.filter(({ code }) => code === 'LOSS_REQUIRED_CLAIM').map(({ claim }) => claim),
    ).toEqual(['expected_study_time', 'level_of_learning_experience'])
  })

  it('reports the languages and details that have no place in the format', () => {
    const { losses } = projectLearningCredential(anAwardRecord(), { issuer })
    expect(losses).toContainEqual(
      expect.objectContaining({
        code: 'LOSS_LANGUAGE',
        pointer: '/achievement/title',
        claim: 'achievement_title',
      }),
    )
    expect(losses).toContainEqual(
      expect.objectContaining({ code: 'LOSS_NOT_CARRIED', pointer: '/award/learner/birthDate' }),
    )
  })

  it('shows always that learning was validated, how and by which organisation, never by whom', () => {
    const record = anAwardRecord({ award: { validation } })
    const { claims, disclosable } = projectLearningCredential(record, { issuer })
    expect(claims.validation).toEqual({
      purpose: 'competence',
      methods: ['interview', 'practical_test'],
      standard: { title: 'Branschstandard för lagerarbete', version: '2025' },
      assessed_by: ['Exempeluniversitetet'],
    })
    expect(disclosable).not.toContain('validation')
    expect(JSON.stringify(claims)).not.toContain('Bo Bedömare')
    expect(normalise(claims).validation?.standard).toBe('Branschstandard för lagerarbete (2025)')
  })

  it('carries only achieved outcomes of a validation, and never the title of the whole alone', () => {
    const outcomes = [
      { outcomeId: 'lo-1', result: 'achieved' as const },
      { outcomeId: 'lo-2', result: 'partly' as const },
    ]
    const record = anAwardRecord({ award: { validation: { ...validation, outcomes } } })
    const { claims } = projectLearningCredential(record, { issuer })
    expect(claims.learning_outcomes).toEqual(['kan genomföra en affärsanalys med stöd av data'])
    expect(claims.achievement_title).toBe(
      'Datadriven affärsutveckling (delvis: 1 av 2 läranderesultat)',
    )
    expect(claims.skills).toHaveLength(1)
  })

  it('identifies the learner by the award, unless the learner has a European Student Identifier', () => {
    const esi = 'urn:schac:personalUniqueCode:int:esi:exempeluniversitetet.example:alva-1'
    const identify = (externalId: string) => {
      const learner = { familyName: 'Exempelsson', externalId }
      return projectLearningCredential(anAwardRecord({ award: { learner } }), { issuer }).claims
        .learner_identification
    }
    expect(identify(esi)).toBe(esi)
    expect(identify('anstalld-4711')).toBe('0190c1a2-0000-7000-8000-0000000000a1')
  })

  it('never carries the birth date or the e-mail address', () => {
    const text = JSON.stringify(projectLearningCredential(anAwardRecord(), { issuer }).claims)
    expect(text).not.toContain('1994-05-17')
    expect(text).not.toContain('@example.org')
  })

  it('speaks English when asked to', () => {
    const { claims } = projectLearningCredential(anAwardRecord(), { issuer, locale: 'en' })
    expect(claims.achievement_title).toBe('Data-driven business development')
    expect(claims.issuing_authority).toBe('Example University')
  })

  it('offers profiles of which each contains the one before', () => {
    const { existence, skills, recognition, full } = disclosureProfiles
    expect(existence).toEqual([])
    expect(recognition).toEqual(expect.arrayContaining([...skills]))
    expect(full).toEqual(expect.arrayContaining([...recognition]))
    expect(recognition).not.toContain('family_name')
    expect(full).toContain('family_name')
  })
})

const example = join(import.meta.dirname, '../../../../../shared/elm/examples/sd-jwt-vc.json')

describe.skipIf(!existsSync(example))('the reference example', () => {
  it('is what the projection makes of the same award', () => {
    const { payload, disclosable } = JSON.parse(readFileSync(example, 'utf8'))
    const record = anAwardRecord({
      award: { learner: { givenName: 'Alva', familyName: 'Exempelsson' } },
    })
    const levels = record.achievement.levels?.map(({ basis: _, ...level }) => level)
    const { stacking: _, furtherInformation: __, ...rest } = record.achievement
    const achievement = {
      ...rest,
      ...(levels && { levels }),
      stacking: { kind: 'stackable' as const },
    }
    const projection = projectLearningCredential({ ...record, achievement }, { issuer })
    const { iss, jti, iat, exp, vct, cnf, status, ...claims } = payload
    expect({ ...projection.claims, learner_identification: claims.learner_identification }).toEqual(
      claims,
    )
    expect(new Set(projection.disclosable)).toEqual(new Set(disclosable))
  })
})
