import { assessmentTypes, learningModes, supervisionTypes } from '../code-lists/assessment.ts'
import { creditFrameworks } from '../code-lists/credits.ts'
import { findFieldOfEducation } from '../code-lists/fields-of-education.ts'
import { learningSettingConcepts } from '../code-lists/learning.ts'
import { eqfLevels } from '../code-lists/levels.ts'
import { assuranceLevelConcepts, proficiencyConcepts } from '../code-lists/proficiency.ts'
import { qualityAssuranceTypes } from '../code-lists/quality-assurance.ts'
import { isObject } from '../jose/json.ts'
import { accept, type Result, refuse } from '../result.ts'
import { notApplicable } from './learning-credential-workload.ts'
import type { CodedValue, MicroCredential } from './micro-credential.ts'
import { omitAbsent, omitEmpty } from './omit-absent.ts'
import {
  type Claims,
  readCoded,
  readFirst,
  readList,
  readMoment,
  readNumber,
  readParty,
  readTarget,
  readText,
  readTexts,
} from './read-claims.ts'
import { readComponent } from './read-component.ts'
import { readRulebookClaims } from './webuild/read-claims.ts'

/**
 * Reads a micro-credential out of the processed payload of an SD-JWT VC: our projections completely, the WE BUILD types
 * of others and further types as far as their claims are known to us. Never throws on what a stranger wrote.
 */
export function normaliseLearningCredential(
  payload: Readonly<Record<string, unknown>>,
): Result<MicroCredential, 'vct_missing'> {
  const type = readText(payload.vct)
  if (type === undefined)
    return refuse('vct_missing', 'The credential does not say its type (vct).')
  const claims = { ...readRulebookClaims(payload), ...payload }
  return accept({
    type,
    title: readFirst(claims, 'achievement_title', 'name') ?? type,
    issuer: omitAbsent({
      name: readText(claims.issuing_authority),
      country: readText(claims.issuing_country),
      identifier: readText(claims.iss),
    }),
    ...omitAbsent({
      ...readAward(claims),
      ...readLearning(claims),
      ...readRecognition(claims),
    }),
  })
}

const readAward = (claims: Claims) => ({
  description: readFirst(claims, 'achievement_description', 'description'),
  awardingBodies: readList(claims.awarding_body, readParty),
  awardedOn: readText(claims.date_of_issuance),
  validUntil: readText(claims.date_of_expiry),
  issuedAt: readMoment(claims.iat),
  expiresAt: readMoment(claims.exp),
  learner: omitEmpty({
    givenName: readText(claims.given_name),
    familyName: readText(claims.family_name),
    birthDate: readFirst(claims, 'birthdate', 'birth_date'),
    identification: readText(claims.learner_identification),
  }),
  furtherInformation: readText(claims.further_information),
  awardId: readText(claims.award_id),
  achievementId: readText(claims.achievement_id),
})

const readLearning = (claims: Claims) => ({
  learningOutcomes: readTexts(claims.learning_outcomes),
  workload: readWorkload(claims),
  levels: readLevels(claims),
  setting: readSetting(claims.learning_setting),
  proficiency: readCoded(proficiencyConcepts)(claims.proficiency),
  fields: readList(claims.fields_of_education, readField),
  skills: readList(claims.skills, readSkill),
  participation: omitEmpty({
    modes: readList(claims.forms_of_participation, readCoded(learningModes)),
    languages: readTexts(claims.language_of_classes),
  }),
})

const readRecognition = (claims: Claims) => ({
  assessment: omitEmpty({
    types: readList(claims.types_of_assessment, readCoded(assessmentTypes)),
    supervision: readCoded(supervisionTypes)(claims.supervision_and_identity_verification),
  }),
  assuranceLevel: readCoded(assuranceLevelConcepts)(claims.assurance_level),
  qualityAssurance: readList(claims.types_of_quality_assurance, readCoded(qualityAssuranceTypes)),
  validation: readValidation(claims.validation),
  result: omitEmpty({
    grade: readText(claims.assessment_grade),
    scheme: readText(claims.grading_scheme),
  }),
  prerequisites: readTexts(claims.prerequisites_to_enroll),
  components: readList(claims.components, readComponent),
  stacking: omitEmpty({
    isStackable:
      typeof claims.integration_stackability_options === 'boolean'
        ? claims.integration_stackability_options
        : undefined,
    towards: readList(claims.stackable_towards, readTarget),
  }),
})

function readWorkload(claims: Claims) {
  const workload = claims.notional_workload
  const { hours, credits, value, unit } = isObject(workload) ? workload : {}
  const text = readText(claims.expected_study_time)
  const amount = readNumber(value)
  return omitEmpty({
    text:
      text === notApplicable
        ? undefined
        : (text ?? (amount === undefined ? undefined : `${amount} ${readText(unit) ?? ''}`.trim())),
    hours: readNumber(hours),
    credits: readList(credits, (credit) => {
      const { framework, value: number } = isObject(credit) ? credit : {}
      const system = readCoded(creditFrameworks)(framework)
      const amount = readNumber(number)
      return system && amount !== undefined ? { framework: system, value: amount } : undefined
    }),
  })
}

function readLevels(claims: Claims) {
  const levels = readList(claims.levels, (element) => {
    const { framework, level, uri, basis } = isObject(element) ? element : {}
    const name = readText(framework)
    if (name === undefined || !Number.isSafeInteger(level)) return undefined
    return {
      framework: name,
      level: Number(level),
      ...omitAbsent({ uri: readText(uri), basis: readText(basis) }),
    }
  })
  if (levels) return levels
  const level = claims.level_of_learning_experience ?? claims.level
  const uri = eqfLevels.concepts.find(({ code }) => code === String(level))?.uri
  return uri ? [{ framework: 'EQF', level: Number(level), uri }] : undefined
}

function readSetting(value: unknown): CodedValue | undefined {
  // The EU list has no concept for informal learning.
  if (value === 'informal') return { label: { sv: 'informellt lärande', en: 'informal learning' } }
  return readCoded(learningSettingConcepts)(value)
}

function readField(value: unknown): CodedValue | undefined {
  const text = readText(value)
  if (text === undefined) return undefined
  const field = findFieldOfEducation(text)
  return field ? { uri: field.uri, label: field.labels } : { text }
}

function readSkill(value: unknown): CodedValue | undefined {
  const text = readText(isObject(value) ? value.uri : value)
  if (text === undefined) return undefined
  return /^(?:https?:\/\/|urn:)/.test(text) ? { uri: text } : { text }
}

function readValidation(value: unknown): MicroCredential['validation'] {
  if (!isObject(value)) return undefined
  const standard = isObject(value.standard) ? value.standard : {}
  const title = readText(standard.title)
  const version = readText(standard.version)
  return omitAbsent({
    purpose: readText(value.purpose),
    standard: title && version ? `${title} (${version})` : title,
    standardUri: readText(standard.uri),
    methods: readTexts(value.methods),
    assessedBy: readTexts(value.assessed_by),
  })
}
