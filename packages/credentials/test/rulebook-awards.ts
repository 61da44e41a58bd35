import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { expect } from 'vitest'
import { proficiencyStages } from '../src/code-lists/proficiency.ts'
import type { AwardRecord } from '../src/domain/award.ts'
import { MicroCredential } from '../src/formats/micro-credential.ts'
import { normaliseLearningCredential } from '../src/formats/normalise-learning-credential.ts'
import type { RulebookOptions } from '../src/formats/webuild/project-common.ts'
import { projectMicroCredential } from '../src/formats/webuild/project-micro-credential.ts'
import { projectVerifiedSkill } from '../src/formats/webuild/project-verified-skill.ts'
import { type RulebookFormat, rulebookVcts } from '../src/formats/webuild/rulebook.ts'
import { anAwardRecord, awardRecords } from './award-records.ts'

export const issuer = 'https://issuer.example.se/exempeluniversitetet'
const projections = {
  webuild_micro_credential: projectMicroCredential,
  webuild_verified_skill: projectVerifiedSkill,
}

export function project(
  record: AwardRecord,
  format: RulebookFormat,
  options?: Partial<RulebookOptions>,
) {
  const projected = projections[format](record, { issuer, ...options })
  if (!projected.ok) throw new Error(projected.code)
  return projected.value
}

export function readBack(record: AwardRecord, format: RulebookFormat) {
  const { claims, losses } = project(record, format)
  const read = normaliseLearningCredential({ vct: rulebookVcts[format], iss: issuer, ...claims })
  if (!read.ok) throw new Error(read.detail)
  const lost = losses.map(({ pointer }) => pointer)
  return { read: read.value, lost: (pointer: string) => lost.includes(pointer) }
}

export const validation = {
  purpose: 'competence' as const,
  standard: { title: { sv: 'Branschstandard för lagerarbete' }, version: '2025' },
  steps: [{ kind: 'assessment' as const, doneOn: '2026-05-20' }],
  methods: ['interview' as const],
}
export const aSkill = ({
  achievement = {},
  award = {},
}: Pick<NonNullable<Parameters<typeof anAwardRecord>[0]>, 'achievement' | 'award'> = {}) =>
  anAwardRecord({
    achievement: { setting: 'non_formal', ...achievement },
    award: { proficiency: 'competent', ...award },
  })

export const formalAwards = awardRecords.map(
  (record): AwardRecord => ({
    ...record,
    achievement: { ...record.achievement, setting: 'formal' },
  }),
)
export const skillAwards = fc
  .tuple(awardRecords, fc.constantFrom(...proficiencyStages), fc.boolean())
  .map(
    ([record, proficiency, isInformal]): AwardRecord => ({
      ...record,
      achievement: {
        ...record.achievement,
        setting: isInformal ? 'informal' : 'non_formal',
      },
      award: { ...record.award, proficiency },
    }),
  )
export const urisOf = (coded: readonly { uri?: string }[] | undefined) =>
  coded?.map(({ uri }) => uri)
const validator = Compile(MicroCredential)

/** What both types carry of every award: what is not among it must be reported as lost. */
export function expectCommon(record: AwardRecord, { read, lost }: ReturnType<typeof readBack>) {
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
