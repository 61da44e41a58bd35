import fc from 'fast-check'
import { assessmentTypes, learningModes, supervisionTypes } from '../src/code-lists/assessment.ts'
import type { CodeList } from '../src/code-lists/code-list.ts'
import { creditFrameworks } from '../src/code-lists/credits.ts'
import {
  learningActivityTypes,
  learningOutcomeTypes,
  skillReuseLevels,
} from '../src/code-lists/learning.ts'
import { proficiencyStages } from '../src/code-lists/proficiency.ts'
import { qualityAssuranceTypes } from '../src/code-lists/quality-assurance.ts'
import type { AwardDraft, AwardRecord } from '../src/domain/award.ts'
import {
  normaliseAchievement,
  normaliseAward,
  normaliseOrganisation,
} from '../src/domain/normalise.ts'
import { type Organisation, organisationExample } from '../src/domain/organisation.ts'
import { outcomeResults, validationMethods, validationPurposes } from '../src/domain/validation.ts'

const codes = ({ concepts }: CodeList) => concepts.map(({ code }) => code)
const oneOf = (list: CodeList) => fc.constantFrom(...codes(list))
const someOf = (list: CodeList) => fc.uniqueArray(oneOf(list), { minLength: 1, maxLength: 3 })

const text = fc
  .string({ minLength: 1, maxLength: 40, unit: 'grapheme' })
  .filter((words) => words.trim() === words)
const texts = fc
  .uniqueArray(fc.constantFrom('sv', 'en', 'fi', 'se', 'en-GB'), {
    minLength: 1,
    maxLength: 3,
    // Which of two kinds of English is shown nobody can say beforehand.
    selector: (tag) => tag.slice(0, 2),
  })
  .chain((tags) =>
    fc.tuple(...tags.map(() => text)).map((words) => {
      const entries = tags.map((tag, at): [string, string] => [tag, words[at] ?? tag])
      return Object.fromEntries(entries)
    }),
  )

const day = fc.constantFrom('2024-02-29', '2025-12-31', '2026-01-01', '2026-05-29')
const address = fc.constantFrom('https://www.example.se/a', 'urn:example:b')
const identifiers = fc.array(
  fc.record({
    scheme: fc.constantFrom('organisationsnummer', 'ror', 'vat', 'eidas', 'ladok'),
    value: fc.constantFrom('999999-9999', 'NTRSE-9999999999', 'EX123U'),
  }),
  { maxLength: 3 },
)

/** Members that may each be absent, those named always there. */
const some = <T, K extends keyof T & string>(
  model: { [P in keyof T]: fc.Arbitrary<T[P]> },
  requiredKeys: K[],
) => fc.record<T, K>(model, { requiredKeys })

const agent = some({ legalName: texts, country: fc.constantFrom('SE', 'NO', 'XK'), identifiers }, [
  'legalName',
])
const fields = fc.uniqueArray(fc.constantFrom('06', '0688', '9999'), { maxLength: 2 })
const assurance = some(
  {
    type: oneOf(qualityAssuranceTypes),
    title: texts,
    agent,
    decidedOn: day,
    expiresOn: day,
    reference: address,
    limits: some({ levels: fc.uniqueArray(fc.integer({ min: 1, max: 8 })), fields }, []),
  },
  ['type'],
)
const skill = some(
  {
    uri: fc.constantFrom(
      'http://data.europa.eu/esco/skill/27ed854c-15b8-4ba2-90e9-ae888a219703',
      'https://taxonomy.example.se/skill/4711',
    ),
    label: texts,
  },
  ['uri'],
)
const outcome = some(
  {
    title: texts,
    type: oneOf(learningOutcomeTypes),
    reuseLevel: oneOf(skillReuseLevels),
    skills: fc.array(skill, { maxLength: 2 }),
  },
  ['title'],
)
const target = some({ title: texts, uri: address }, ['title'])

const achievement = some(
  {
    title: texts,
    description: texts,
    learningOutcomes: fc.array(outcome, { minLength: 1, maxLength: 3 }),
    levels: fc.array(
      fc.record({
        framework: fc.constantFrom('EQF', 'SeQF'),
        level: fc.integer({ min: 1, max: 8 }),
      }),
      { maxLength: 2 },
    ),
    cycle: fc.constantFrom('short', 'first', 'second', 'third'),
    workload: some(
      {
        hours: fc.constantFrom(0.5, 7.25, 80),
        credits: fc.array(
          fc.record({ framework: oneOf(creditFrameworks), value: fc.constantFrom(0.5, 3, 7.5) }),
          { minLength: 1, maxLength: 2 },
        ),
      },
      ['hours'],
    ),
    assessment: some(
      {
        types: someOf(assessmentTypes),
        modes: someOf(learningModes),
        supervision: oneOf(supervisionTypes),
        description: texts,
        gradingScheme: fc.constantFrom('UG', 'AF-TH'),
      },
      ['types'],
    ),
    participation: some(
      {
        modes: someOf(learningModes),
        activityTypes: someOf(learningActivityTypes),
        languages: fc.uniqueArray(fc.constantFrom('sv', 'en', 'sma', 'fi'), { maxLength: 3 }),
        place: texts,
      },
      ['modes', 'languages'],
    ),
    setting: fc.constantFrom('formal', 'non_formal', 'informal'),
    qualityAssurance: fc.array(assurance, { minLength: 1, maxLength: 3 }),
    prerequisites: texts,
    stacking: some(
      {
        kind: fc.constantFrom('stand_alone', 'integrated', 'stackable'),
        towards: fc.array(target, { maxLength: 2 }),
      },
      ['kind'],
    ),
    partOf: fc.array(
      some({ title: texts, uri: address, isPartialQualification: fc.boolean() }, ['title']),
      { maxLength: 2 },
    ),
    fields,
    skills: fc.array(skill, { maxLength: 2 }),
    targetGroups: fc.array(texts, { maxLength: 2 }),
    furtherInformation: texts,
    homepage: address,
    identifiers,
  },
  ['title', 'learningOutcomes', 'assessment', 'participation', 'setting', 'qualityAssurance'],
)

const validation = some(
  {
    purpose: fc.constantFrom(...validationPurposes),
    standard: some({ title: texts, uri: address, version: text, ownedBy: texts }, ['title']),
    steps: fc.array(
      some({ kind: fc.constantFrom('in_depth_mapping', 'assessment'), doneOn: day, by: texts }, [
        'kind',
      ]),
      { maxLength: 3 },
    ),
    methods: fc.uniqueArray(fc.constantFrom(...validationMethods), { minLength: 1, maxLength: 3 }),
    assessors: fc.array(some({ role: texts, organisation: agent, name: text }, ['role']), {
      maxLength: 2,
    }),
    model: fc.record({ name: texts }),
    priorLearning: some(
      {
        setting: fc.constantFrom('informal', 'non_formal', 'formal'),
        years: fc.constantFrom(0, 2.5, 15),
        description: texts,
      },
      ['setting'],
    ),
    complementNeeded: texts,
    firstResult: fc.constantFrom(...outcomeResults),
  },
  ['purpose', 'steps', 'methods', 'firstResult'],
)

const award = some(
  {
    learner: some({ givenName: text, familyName: text, birthDate: day, externalId: text }, [
      'familyName',
    ]),
    awardedOn: day,
    result: some({ grade: fc.constantFrom('G', 'C'), label: texts }, ['grade']),
    activity: some({ start: day, end: day, description: texts }, []),
    assessments: fc.array(
      some(
        {
          types: someOf(assessmentTypes),
          mode: oneOf(learningModes),
          supervision: oneOf(supervisionTypes),
          assessedBy: fc.array(agent, { maxLength: 2 }),
          assessedOn: day,
          place: texts,
          language: fc.constantFrom('sv', 'en'),
        },
        ['types'],
      ),
      { maxLength: 2 },
    ),
    validUntil: day,
    proficiency: fc.constantFrom(...proficiencyStages),
    awardingBodies: fc.array(agent, { minLength: 1, maxLength: 2 }),
    homepage: address,
    validation,
  },
  ['learner', 'awardedOn'],
)

const organisation: fc.Arbitrary<Organisation> = some(
  {
    id: fc.constant('exempeluniversitetet'),
    legalName: texts,
    country: fc.constantFrom('SE', 'FI'),
    identifiers: fc.constant(organisationExample.identifiers),
    homepage: address,
    accreditations: fc.array(assurance, { maxLength: 2 }),
  },
  ['id', 'legalName', 'country', 'identifiers'],
)

const achievementId = '0190a5c4-7d1e-7c3b-9f00-000000000001'

/** Awards with any of the members the domain model has, in several languages. */
export const richAwardRecords: fc.Arbitrary<AwardRecord> = fc
  .record({ organisation, achievement, award })
  .map(({ organisation, achievement, award }) => {
    const content = normaliseAchievement(achievement)
    const { validation, ...rest } = award
    const draft: AwardDraft = {
      ...rest,
      achievementId,
      ...(validation && { validation: validateOutcomes(content.learningOutcomes, validation) }),
    }
    return {
      organisation: normaliseOrganisation(organisation),
      achievement: { id: achievementId, version: 1, ...content },
      award: { id: '0190c1a2-0000-7000-8000-0000000000a1', ...normaliseAward(draft, content) },
    }
  })

/** The first outcome with the wanted result, the others achieved. */
function validateOutcomes<T extends { firstResult: (typeof outcomeResults)[number] }>(
  outcomes: readonly { readonly id?: string }[],
  { firstResult, ...validation }: T,
) {
  const results = outcomes.map(({ id = '' }, at) => ({
    outcomeId: id,
    result: at === 0 ? firstResult : ('achieved' as const),
  }))
  return { ...validation, outcomes: results }
}
