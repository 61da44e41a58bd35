import { describe, expect, it } from 'vitest'
import type { AchievementDraft } from './achievement.ts'
import type { AwardDraft } from './award.ts'
import { checkAward } from './check-award.ts'
import { achievementExample, awardExample, learnerExample } from './examples.ts'
import { normaliseAchievement } from './normalise.ts'

const check = (change: Partial<AwardDraft>, achievement: Partial<AchievementDraft> = {}) =>
  checkAward(
    { ...awardExample, ...change },
    normaliseAchievement({ ...achievementExample, ...achievement }),
    '2026-06-10',
  ).map(({ code, severity, pointer }) => `${severity} ${code} ${pointer}`)

const validation = {
  purpose: 'competence' as const,
  standard: { title: { sv: 'Branschstandard' } },
  steps: [{ kind: 'in_depth_mapping' as const }, { kind: 'assessment' as const }],
  methods: ['interview' as const],
}

describe('checkAward', () => {
  it.for<[string, Partial<AwardDraft>, string]>([
    ['an award of tomorrow', { awardedOn: '2026-06-11' }, 'error DATE_FUTURE /awardedOn'],
    ['a day that does not exist', { awardedOn: '2026-02-30' }, 'error DATE_INVALID /awardedOn'],
    ['a day of the year 0', { awardedOn: '0000-01-01' }, 'error DATE_INVALID /awardedOn'],
    ['a null character', { sourceReference: 'a\0b' }, 'error TEXT_UNWRITABLE /sourceReference'],
    [
      'half a surrogate pair',
      { learner: { givenName: 'Al\ud800va', familyName: 'Exempelsson' } },
      'error TEXT_UNWRITABLE /learner/givenName',
    ],
    [
      'a course that ends before it starts',
      { activity: { start: '2026-05-02', end: '2026-05-01' } },
      'error DATE_ORDER /activity/end',
    ],
    ['an end before the award', { validUntil: '2026-06-04' }, 'error DATE_ORDER /validUntil'],
    [
      'an assessment after the award',
      { assessments: [{ types: ['quiz'], assessedOn: '2026-06-09' }] },
      'error DATE_ORDER /assessments/0/assessedOn',
    ],
    [
      'an unknown assessment type',
      { assessments: [{ types: ['guess'] }] },
      'error CODE_UNKNOWN /assessments/0/types/0',
    ],
    [
      'a learner born after the award',
      { learner: { ...learnerExample, birthDate: '2026-06-07' } },
      'error BIRTHDATE_IMPLAUSIBLE /learner/birthDate',
    ],
    [
      'a learner without a name',
      { learner: { familyName: ' ' } },
      'error NAME_MISSING /learner/familyName',
    ],
    [
      'a personnummer as identifier',
      { learner: { ...learnerExample, externalId: '196408233234' } },
      'error PERSONNUMMER_IN_TEXT /learner/externalId',
    ],
    [
      'a personnummer as reference',
      { sourceReference: 'kurs/640823-3234/1' },
      'error PERSONNUMMER_IN_TEXT /sourceReference',
    ],
    [
      'a grade outside the scale',
      { result: { grade: 'VG' } },
      'error GRADE_NOT_IN_SCHEME /result/grade',
    ],
    ['a failing grade', { result: { grade: 'U' } }, 'error GRADE_NOT_PASSING /result/grade'],
    [
      'a scale that does not exist',
      { result: { grade: 'G', scheme: 'XYZ' } },
      'error CODE_UNKNOWN /result/scheme',
    ],
    [
      'a validation against nothing',
      { validation: { purpose: 'competence', steps: validation.steps, methods: ['interview'] } },
      'error VALIDATION_STANDARD_MISSING /validation',
    ],
    [
      'a validation without assessment',
      { validation: { ...validation, steps: [{ kind: 'in_depth_mapping' }] } },
      'error VALIDATION_STEPS_MISSING /validation/steps',
    ],
    [
      'an outcome of another definition',
      { validation: { ...validation, outcomes: [{ outcomeId: 'lo-9', result: 'achieved' }] } },
      'error VALIDATION_OUTCOME_UNKNOWN /validation/outcomes/0/outcomeId',
    ],
    [
      'a validation in which nothing was achieved',
      { validation: { ...validation, outcomes: [{ outcomeId: 'lo-1', result: 'not_achieved' }] } },
      'error VALIDATION_NOTHING_ACHIEVED /validation/outcomes',
    ],
  ])('refuses %s', ([, change, expected]) => {
    expect(check(change)).toContain(expected)
  })

  it('refuses a grade without any scale', () => {
    expect(check({ result: { grade: 'G' } }, { assessment: { types: ['quiz'] } })).toContain(
      'error GRADE_SCHEME_MISSING /result',
    )
  })

  it('refuses informal learning without validation', () => {
    expect(check({}, { setting: 'informal' })).toContain(
      'error SETTING_INFORMAL_NEEDS_VALIDATION /validation',
    )
    expect(check({ validation }, { setting: 'informal' })).toEqual([])
  })

  it('warns of old awards, lapsed quality assurance and partial recognition', () => {
    expect(check({ awardedOn: '2016-06-10', activity: {} })).toContain(
      'warning DATE_OLD /awardedOn',
    )
    expect(
      check({}, { qualityAssurance: [{ type: 'programme_qa', expiresOn: '2026-01-01' }] }),
    ).toContain('warning QA_EXPIRED /awardedOn')
    const outcomes = [{ outcomeId: 'lo-1', result: 'achieved' as const }]
    expect(check({ validation: { ...validation, outcomes } })).toContain(
      'warning VALIDATION_PARTIAL /validation/outcomes',
    )
  })
})
