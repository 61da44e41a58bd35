import type { LearningCredentialClaim } from '../learning-credential-claims.ts'
import type { RulebookFormat } from './rulebook.ts'

const shared = {
  achievement_title: 'title',
  issuing_authority: 'issuerName',
  issuing_country: 'issuerCountry',
  awarding_body: 'awardingBody',
  date_of_issuance: 'issuanceDate',
  date_of_expiry: 'expirationDate',
  achievement_id: 'achievementId',
  award_id: 'identifier',
  given_name: 'givenName',
  family_name: 'familyName',
  skills: 'escoReference',
  types_of_assessment: 'typeOfAssessment',
  forms_of_participation: 'formOfParticipation',
  language_of_classes: 'languageOfAssessment',
  supervision_and_identity_verification: 'idVerificationMethod',
  assessment_grade: 'grade',
  grading_scheme: 'gradingScheme',
  further_information: 'additionalNote',
} as const

const names: Readonly<
  Record<RulebookFormat, Readonly<Partial<Record<LearningCredentialClaim, string>>>>
> = {
  webuild_micro_credential: {
    ...shared,
    learning_outcomes: 'learningOutcomes',
    notional_workload: 'notionalWorkload',
    expected_study_time: 'notionalWorkload',
    levels: 'level',
    level_of_learning_experience: 'level',
    fields_of_education: 'fieldOfEducation',
    prerequisites_to_enroll: 'entryRequirements',
    types_of_quality_assurance: 'qualityAssurance',
    integration_stackability_options: 'stackable',
    stackable_towards: 'partOfQualification',
  },
  webuild_verified_skill: {
    ...shared,
    learning_outcomes: 'skillOutcome',
    notional_workload: 'studyLoadHours',
    expected_study_time: 'studyLoadHours',
    types_of_quality_assurance: 'qualityAssuranceMethod',
    learning_setting: 'learningSetting',
    validation: 'validation',
  },
}

/**
 * What a WE BUILD type calls a claim of the EUDI learning credential, for who asks in the words of that. A name of
 * another kind, or of a claim that the type has not, stays as it is: no credential answers it.
 */
export function toRulebookClaim(format: RulebookFormat, claim: string): string {
  const known: Readonly<Record<string, string>> = names[format]
  return Object.hasOwn(known, claim) ? (known[claim] ?? claim) : claim
}
