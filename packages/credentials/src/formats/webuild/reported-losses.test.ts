import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { richAwardRecords } from '../../../test/rich-award-records.ts'
import type { AwardRecord } from '../../domain/award.ts'
import { isObject } from '../../jose/json.ts'
import { findRecognisedOutcomes } from '../project-validation.ts'
import { projectMicroCredential } from './project-micro-credential.ts'
import { projectVerifiedSkill } from './project-verified-skill.ts'

const issuer = 'https://issuer.example.se/exempeluniversitetet'

/** Every text and number of a record, by its JSON Pointer. */
function listLeaves(value: unknown, pointer = ''): [pointer: string, leaf: string][] {
  if (Array.isArray(value))
    return value.flatMap((element, at) => listLeaves(element, `${pointer}/${at}`))
  if (isObject(value))
    return Object.entries(value).flatMap(([name, member]) =>
      listLeaves(member, `${pointer}/${name}`),
    )
  return value === undefined ? [] : [[pointer, String(value)]]
}

/** Written in other words than the record's, which the tests of each type compare. */
const inOtherWords = [
  /^\/achievement\/(setting|assessment\/(types\/0|supervision)|participation\/(modes|activityTypes)\/0)$/,
  /^\/achievement\/(fields\/0|levels\/\d+\/(framework|level|uri)|workload\/credits\/\d+\/framework)$/,
  /^\/achievement\/(qualityAssurance\/\d+\/type|stacking\/kind)$/,
  /^\/award\/(proficiency|assessments\/\d+\/(types\/\d+|supervision))$/,
  /^\/(organisation|award\/awardingBodies\/0)\/identifiers\//,
  /^\/award\/(evidence|validation\/evidence)\/\d+\/kind$/,
]
/** Of the service and the definition, or kept back on purpose: no credential is meant to say it. */
const notForCredentials = [
  /^\/achievement\/(version|learningOutcomes\/\d+\/id|assessment\/gradingScheme)/,
  /^\/achievement\/stacking\/towards\/\d+\/uri$/,
  /^\/award\/(achievementId|result\/scheme\/(id|values|passing))/,
  /^\/award\/validation\/(outcomes|assessors\/\d+\/(name|role))/,
  /^\/organisation\/(id|homepage|accreditations|kind)/,
]

function findUnreported(record: AwardRecord, said: string, lost: readonly string[]): string[] {
  const unachieved = record.achievement.learningOutcomes.flatMap((outcome, at) =>
    findRecognisedOutcomes(record).includes(outcome) ? [] : `/achievement/learningOutcomes/${at}/`,
  )
  return listLeaves(record)
    .filter(([, leaf]) => !said.includes(JSON.stringify(leaf).slice(1, -1)))
    .map(([pointer]) => pointer)
    .filter((pointer) => !lost.some((start) => pointer.startsWith(start)))
    .filter((pointer) => !unachieved.some((start) => pointer.startsWith(start)))
    .filter((pointer) => ![...inOtherWords, ...notForCredentials].some((one) => one.test(pointer)))
}

describe('what a WE BUILD type leaves out', () => {
  it.each([
    ['VerifiableMicroCredential', projectMicroCredential],
    ['VerifiableVerifiedSkill', projectVerifiedSkill],
  ])('is reported, of any award: %s', (_, project) => {
    fc.assert(
      fc.property(richAwardRecords, (record) => {
        const projected = project(record, { issuer })
        if (!projected.ok) return
        const { claims, losses } = projected.value
        const lost = losses.map(({ pointer }) => pointer)
        expect(findUnreported(record, JSON.stringify(claims), lost)).toEqual([])
      }),
      { numRuns: 100 },
    )
  })
})
