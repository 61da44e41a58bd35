import { findLevelList } from '../../code-lists/levels.ts'
import { isObject } from '../../jose/json.ts'
import { omitAbsent } from '../omit-absent.ts'
import { type Claims, readNumber, readText } from '../read-claims.ts'
import { findRulebookFormat } from './rulebook.ts'
import { readSpelling, type Spelling, spellings } from './spellings.ts'

/**
 * The claims of the WE BUILD types, ours and those of other issuers, under the names and in the form that the EUDI
 * learning credential has for the same: so that they are normalised alike. What they do not say is absent.
 */
export const readRulebookClaims = (claims: Claims): Claims =>
  omitAbsent({
    ...readContext(claims),
    ...readLearning(claims),
    ...readAssessment(claims),
  })

const isUri = (text: string | undefined): text is string =>
  text !== undefined && /^(?:https?:\/\/|urn:)/.test(text)

function readContext(claims: Claims) {
  const identifier = readText(claims.identifier)
  return {
    achievement_title: claims.title,
    issuing_authority: claims.issuerName,
    issuing_country: claims.issuerCountry,
    awarding_body: readAwardingBody(claims),
    date_of_issuance: claims.issuanceDate,
    date_of_expiry: claims.expirationDate,
    given_name: claims.givenName,
    family_name: claims.familyName,
    birthdate: claims.dateOfBirth,
    further_information: claims.additionalNote,
    achievement_id: claims.achievementId,
    // Only a URI names one award among those of all issuers.
    award_id: isUri(identifier) ? identifier : undefined,
  }
}

function readAwardingBody({ awardingBody, awardingBodyIdentifier }: Claims) {
  if (typeof awardingBody !== 'string') return awardingBody
  return omitAbsent({ name: awardingBody, identifier: readText(awardingBodyIdentifier) })
}

function readLearning(claims: Claims) {
  const part = readText(claims.partOfQualification)
  const isFormal = findRulebookFormat(claims.vct) === 'webuild_micro_credential'
  return {
    learning_outcomes: claims.learningOutcomes ?? claims.skillOutcome,
    notional_workload: readWorkload(claims),
    levels: readLevels(claims),
    // The rulebook, scope: the type is of formal education and no other.
    learning_setting: isFormal ? 'formal' : claims.learningSetting,
    fields_of_education: claims.fieldOfEducation,
    skills: claims.escoReference,
    language_of_classes: claims.languageOfAssessment,
    prerequisites_to_enroll: claims.entryRequirements,
    integration_stackability_options: claims.stackable,
    stackable_towards: part && [omitAbsent({ title: part, uri: isUri(part) ? part : undefined })],
  }
}

function readAssessment(claims: Claims) {
  const method = claims.qualityAssuranceMethod
  const assurance = isObject(method) ? (method.type ?? method.name) : method
  return {
    types_of_assessment: readWords(spellings.assessment, claims.typeOfAssessment),
    forms_of_participation: readWords(spellings.participation, claims.formOfParticipation),
    supervision_and_identity_verification: readWords(
      spellings.supervision,
      claims.idVerificationMethod,
    ),
    types_of_quality_assurance: readWords(
      spellings.qualityAssurance,
      claims.qualityAssurance ?? assurance,
    ),
    proficiency: readWords(spellings.proficiency, claims.skillProficiencyLevel),
    assurance_level: readWords(spellings.assuranceLevel, claims.qualityAssuranceLevel),
    assessment_grade: claims.grade,
    grading_scheme: claims.gradingScheme,
  }
}

/** Words become URIs where we know them; whatever else stands there is the normaliser's to judge. */
function readWords(spelling: Spelling, value: unknown): unknown {
  if (typeof value === 'string') return readSpelling(spelling, value)
  if (!Array.isArray(value)) return value
  const words: unknown[] = value
  return words.map((word) => (typeof word === 'string' ? readSpelling(spelling, word) : word))
}

function readWorkload({ notionalWorkload, studyLoadHours }: Claims) {
  if (!isObject(notionalWorkload)) {
    return studyLoadHours === undefined ? undefined : { hours: studyLoadHours }
  }
  const { value, unit } = notionalWorkload
  if (readNumber(value) === undefined) return notionalWorkload
  if (unit === 'hours') return { hours: value }
  if (unit === 'ECTS') return { ...notionalWorkload, credits: [{ framework: unit, value }] }
  return notionalWorkload
}

/** `EQF-6`, `SeQF-6`: a framework and a number. */
function readLevels({ level, nationalQualificationsFrameworkLevel: national }: Claims) {
  const levels = [level, national].flatMap((text) => {
    const found = typeof text === 'string' && /^([A-Za-z][A-Za-z ]{0,39})-(\d{1,2})$/.exec(text)
    if (!found) return []
    const [, framework = '', digits = ''] = found
    const list = findLevelList(framework)
    const uri = list?.concepts.find(({ code }) => code === digits)?.uri
    // A number that a framework we know does not have is no level.
    if (list && !uri) return []
    return [omitAbsent({ framework, level: Number(digits), uri })]
  })
  return levels.length > 0 ? levels : undefined
}
