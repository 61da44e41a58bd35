import fc from 'fast-check'
import { Errors } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { anAwardRecord, awardRecords } from '../../../test/award-records.ts'
import type { AwardRecord } from '../../domain/award.ts'
import type { Locale } from '../../domain/text.ts'
import { MicroCredential } from '../micro-credential.ts'
import { normaliseLearningCredential } from '../normalise-learning-credential.ts'
import { projectLearningCredential } from '../project-learning-credential.ts'
import { normaliseOpenBadge } from './normalise-open-badge.ts'
import { projectOpenBadge } from './project-open-badge.ts'

const issuer = 'https://issuer.example.se/exempeluniversitetet'
const validFrom = new Date('2026-06-05T12:00:00Z')

const normalise = (badge: Record<string, unknown>) => {
  const normalised = normaliseOpenBadge(badge)
  if (!normalised.ok) throw new Error(normalised.code)
  return normalised.value
}
const read = (badge: Record<string, unknown>) => normalise(badge).microCredential
const lossesOf = (badge: Record<string, unknown>) =>
  normalise(badge).losses.map(({ pointer }) => pointer)

/** What both formats say of an award in their own ways, as the normalised model has it. */
function compareFormats(record: AwardRecord, locale: Locale = 'sv') {
  const { claims } = projectLearningCredential(record, { issuer, locale })
  const learning = normaliseLearningCredential({ vct: 'x', iss: issuer, ...claims })
  if (!learning.ok) throw new Error(learning.code)
  const badge = projectOpenBadge(record, { issuer, validFrom, locale })
  return [shared(read(badge.credential)), shared(learning.value)]
}

function shared(microCredential: MicroCredential) {
  const { type, issuedAt, expiresAt, awardingBodies, prerequisites, furtherInformation, ...rest } =
    microCredential
  const { learner, workload, skills, validation, ...same } = rest
  return {
    ...same,
    names: [learner?.givenName, learner?.familyName],
    workload: { hours: workload?.hours, credits: workload?.credits },
    skills: skills?.map(({ uri }) => uri),
    standard: validation?.standard,
  }
}

describe('a badge of ours', () => {
  it('says the same as the learning credential of the same award', () => {
    for (const locale of ['sv', 'en'] as const) {
      const [badge, learning] = compareFormats(anAwardRecord(), locale)
      expect(badge).toEqual(learning)
    }
  })

  it('does so for any award', () => {
    fc.assert(
      fc.property(awardRecords, (record) => {
        const [badge, learning] = compareFormats(record)
        expect(badge).toEqual(learning)
      }),
    )
  })

  it('does so for informal learning that was validated', () => {
    const record = anAwardRecord({
      achievement: {
        setting: 'informal',
        levels: [{ framework: 'Exempelram', level: 3, basis: 'decided' }],
      },
      award: {
        validation: {
          purpose: 'competence',
          standard: { title: { sv: 'Branschstandard' }, version: '2025' },
          steps: [],
          methods: ['interview'],
        },
      },
    })
    const [badge, learning] = compareFormats(record)
    expect(badge).toEqual(learning)
  })

  it('is of the form that the model has', () => {
    fc.assert(
      fc.property(awardRecords, (record) => {
        const { credential } = projectOpenBadge(record, { issuer, validFrom })
        expect([...Errors(MicroCredential, read(credential))]).toEqual([])
      }),
      { numRuns: 20 },
    )
  })

  it('tells when it was sealed and until when the competence holds', () => {
    const record = anAwardRecord({ award: { validUntil: '2031-06-05' } })
    expect(read(projectOpenBadge(record, { issuer, validFrom }).credential)).toMatchObject({
      issuedAt: '2026-06-05T12:00:00.000Z',
      expiresAt: '2031-06-05T23:59:59.000Z',
      validUntil: '2031-06-05',
      awardId: 'urn:uuid:0190c1a2-0000-7000-8000-0000000000a1',
    })
  })

  it('loses nothing in reading but pictures, numbers and days', () => {
    const { credential } = projectOpenBadge(anAwardRecord(), { issuer, validFrom })
    expect(lossesOf(credential)).toEqual([
      '/credentialSubject/activityStartDate',
      '/credentialSubject/activityEndDate',
      '/credentialSubject/achievement/related',
    ])
  })
})
