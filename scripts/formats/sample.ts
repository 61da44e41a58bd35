import {
  type AwardRecord,
  achievementExample,
  awardExample,
  normaliseAchievement,
  normaliseAward,
  organisationExample,
} from '@mikromerit/credentials'

const content = normaliseAchievement({
  ...achievementExample,
  skills: [
    {
      uri: 'http://data.europa.eu/esco/skill/7dd94ad3-13d6-43fe-8b94-51fcbf67ced9',
      scheme: 'esco',
      label: { en: 'think critically' },
    },
  ],
})

/** An award that says something of every element, prior learning recognised included. */
export const sample: AwardRecord = {
  organisation: organisationExample,
  achievement: { id: awardExample.achievementId, version: 1, ...content },
  award: {
    id: '0190c1a2-0000-7000-8000-0000000000a1',
    ...normaliseAward(awardExample, content),
    validUntil: '2031-06-05',
    proficiency: 'competent',
    awardingBodies: [{ legalName: { sv: 'Nämnden för datavetenskap' }, country: 'SE' }],
    validation: {
      purpose: 'competence',
      standard: { title: { sv: 'Branschstandard', en: 'Industry standard' }, version: '2025' },
      steps: [{ kind: 'assessment', doneOn: '2026-05-20' }],
      methods: ['interview', 'practical_test'],
      assessors: [{ role: { sv: 'yrkesbedömare', en: 'occupational assessor' } }],
    },
    components: [
      {
        achievementId: 'https://issuer.example/x/achievements/0190a5c4-7d1e-7c3b-9f00-000000000002',
        title: { sv: 'Energidata i produktion' },
        awardingBody: { legalName: { sv: 'Exempelverken AB' } },
        credentialDigest: 'sha256-LCa0a2j/xo/5m0U8HTBBNBNCLXBkg7+g+YpeiGJm564=',
      },
    ],
  },
}

const { validation: _, ...courseAward } = sample.award

/** The same as what the WE BUILD types are for: formal education without validation, and other learning. */
export const formalSample: AwardRecord = { ...sample, award: courseAward }
export const skillSample: AwardRecord = {
  ...sample,
  achievement: { ...sample.achievement, setting: 'non_formal' },
}
