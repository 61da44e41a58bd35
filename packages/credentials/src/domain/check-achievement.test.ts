import { describe, expect, it } from 'vitest'
import type { AchievementDraft } from './achievement.ts'
import { checkAchievement } from './check-achievement.ts'
import { achievementExample } from './examples.ts'

const check = (change: Partial<AchievementDraft>) =>
  checkAchievement({ ...achievementExample, ...change }, '2026-11-25').map(
    ({ code, severity, pointer }) => `${severity} ${code} ${pointer}`,
  )
const { assessment, participation } = achievementExample

describe('checkAchievement', () => {
  it.for<[string, Partial<AchievementDraft>, string]>([
    ['a blank title', { title: { sv: ' ' } }, 'error TITLE_MISSING /title'],
    ['blank text', { description: { sv: '  ' } }, 'error LANG_TEXT_EMPTY /description/sv'],
    [
      'a quality decision that has run out',
      { qualityAssurance: [{ type: 'institutional_qa', expiresOn: '2026-11-24' }] },
      'warning QA_LAPSED /qualityAssurance/0/expiresOn',
    ],
    [
      'a validity of weeks',
      { credentialValidity: 'P3M20D' },
      'warning VALIDITY_SHORT /credentialValidity',
    ],
    ['no outcome', { learningOutcomes: [] }, 'error OUTCOMES_MISSING /learningOutcomes'],
    [
      'two outcomes of one id',
      {
        learningOutcomes: [
          { id: 'a', title: { sv: 'kan räkna på lån' } },
          { id: 'a', title: { sv: 'kan räkna på ränta' } },
        ],
      },
      'error OUTCOME_ID_REPEATED /learningOutcomes/1/id',
    ],
    [
      'an outcome type outside the list',
      { learningOutcomes: [{ title: { sv: 'kan räkna på lån och ränta' }, type: 'talent' }] },
      'error CODE_UNKNOWN /learningOutcomes/0/type',
    ],
    [
      'an unknown credit system',
      { workload: { credits: [{ framework: 'points', value: 3 }] } },
      'error CREDIT_FRAMEWORK_UNKNOWN /workload/credits/0/framework',
    ],
    [
      'a level beyond the framework',
      { levels: [{ framework: 'EQF', level: 9 }] },
      'error LEVEL_OUT_OF_RANGE /levels/0/level',
    ],
    [
      'a framework nobody knows',
      { levels: [{ framework: 'XQF', level: 2 }] },
      'error LEVEL_FRAMEWORK_UNKNOWN /levels/0/framework',
    ],
    [
      'an unknown supervision',
      { assessment: { ...assessment, supervision: 'a_bit' } },
      'error CODE_UNKNOWN /assessment/supervision',
    ],
    [
      'a mode that is neither code nor URI',
      { participation: { ...participation, modes: ['onlin'] } },
      'error CODE_UNKNOWN /participation/modes/0',
    ],
    [
      'no form of participation',
      { participation: { modes: [], languages: ['sv'] } },
      'error PARTICIPATION_MISSING /participation/modes',
    ],
    [
      'an unknown grading scale',
      { assessment: { ...assessment, gradingScheme: 'ABC' } },
      'error CODE_UNKNOWN /assessment/gradingScheme',
    ],
    ['no quality assurance', { qualityAssurance: [] }, 'error QA_MISSING /qualityAssurance'],
    [
      'unknown quality assurance',
      { qualityAssurance: [{ type: 'good' }] },
      'error CODE_UNKNOWN /qualityAssurance/0/type',
    ],
    ['a field without its zero', { fields: ['688'] }, 'error ISCED_FORMAT /fields/0'],
    ['an impossible URI', { homepage: 'https://[' }, 'error URI_INVALID /homepage'],
    [
      'a personnummer in a text',
      { furtherInformation: { sv: 'Fråga 640823-3234.' } },
      'error PERSONNUMMER_IN_TEXT /furtherInformation/sv',
    ],
    [
      'an invented organisation number',
      {
        qualityAssurance: [
          {
            type: 'programme_qa',
            agent: {
              legalName: { sv: 'X' },
              identifiers: [{ scheme: 'organisationsnummer', value: '556677-8890' }],
            },
          },
        ],
      },
      'error ORGNR_INVALID /qualityAssurance/0/agent/identifiers/0/value',
    ],
    [
      'a country that does not exist',
      {
        qualityAssurance: [
          { type: 'programme_qa', agent: { legalName: { sv: 'X' }, country: 'XX' } },
        ],
      },
      'error COUNTRY_INVALID /qualityAssurance/0/agent/country',
    ],
  ])('refuses %s', ([, change, expected]) => {
    expect(check(change)).toContain(expected)
  })

  it.for<[string, Partial<AchievementDraft>, string]>([
    ['a long title', { title: { sv: 'x'.repeat(121), en: 'x' } }, 'warning TITLE_LONG /title'],
    ['markup', { description: { sv: '<b>Kort</b>' } }, 'warning TEXT_MARKUP /description/sv'],
    [
      'hours and credits that do not fit',
      { workload: { hours: 10, credits: [{ framework: 'hp', value: 3 }] } },
      'warning WORKLOAD_ECTS_MISMATCH /workload',
    ],
    [
      'odd steps of credits',
      { workload: { credits: [{ framework: 'ects', value: 0.7 }] } },
      'warning CREDIT_STEP /workload/credits/0/value',
    ],
    ['a large size', { workload: { hours: 900 } }, 'warning SIZE_LARGE /workload/hours'],
    [
      'levels that differ',
      {
        levels: [
          { framework: 'EQF', level: 6 },
          { framework: 'SeQF', level: 5 },
        ],
      },
      'warning LEVEL_FRAMEWORKS_DISAGREE /levels',
    ],
    [
      'a level nobody stands for',
      { levels: [{ framework: 'EQF', level: 6 }] },
      'warning LEVEL_BASIS_MISSING /levels/0',
    ],
    ['a cycle of another level', { cycle: 'second' }, 'warning CYCLE_LEVEL_MISMATCH /cycle'],
    [
      'a URI unknown in an open list',
      { participation: { ...participation, modes: ['urn:example:mode'] } },
      'warning CODE_UNKNOWN_OPEN /participation/modes/0',
    ],
    [
      'attendance alone',
      { assessment: { types: ['attendance'] } },
      'warning ASSESSMENT_ATTENDANCE_ONLY /assessment/types',
    ],
    [
      'no language of instruction',
      { participation: { modes: ['online'], languages: [] } },
      'warning LANGUAGE_OF_INSTRUCTION_MISSING /participation/languages',
    ],
    [
      'nothing to stack towards',
      { stacking: { kind: 'stackable' } },
      'warning STACK_TARGET_MISSING /stacking',
    ],
  ])('warns of %s', ([, change, expected]) => {
    expect(check(change)).toContain(expected)
  })

  it('demands a workload, but not of informal learning', () => {
    const { workload: _, ...draft } = achievementExample
    const codes = (setting: AchievementDraft['setting']) =>
      checkAchievement({ ...draft, setting }).map(({ code }) => code)
    expect(codes('formal')).toContain('WORKLOAD_MISSING')
    expect(codes('informal')).not.toContain('WORKLOAD_MISSING')
  })

  it('never repeats what it refuses', () => {
    const findings = checkAchievement({
      ...achievementExample,
      furtherInformation: { sv: '640823-3234' },
    })
    expect(JSON.stringify(findings)).not.toContain('640823')
  })
})
