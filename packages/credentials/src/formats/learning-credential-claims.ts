import { buildDisclosureProfiles, type ClaimTable, listDisclosable } from './claim-description.ts'

/** The EUDI learning credential: the type of our SD-JWT VC (domain.md 3.4). */
export const learningCredentialVct = 'urn:eu.europa.ec.eudi:learning:credential:1'

/**
 * Every claim of our projection next to the registered ones: those of the EUDI type, then our extensions
 * (domain.md section 1). Outcomes are one disclosure, so that nobody can show half of what was assessed.
 */
export const learningCredentialClaims = {
  issuing_authority: {
    profile: 'visible',
    isAlwaysThere: true,
    sv: 'Utfärdare',
    en: 'Issuing authority',
  },
  issuing_country: {
    profile: 'visible',
    isAlwaysThere: true,
    sv: 'Utfärdarens land',
    en: 'Issuing country',
  },
  date_of_issuance: {
    profile: 'visible',
    isAlwaysThere: true,
    sv: 'Tilldelad den',
    en: 'Date of issuance',
  },
  date_of_expiry: { profile: 'visible', sv: 'Meriten gäller till', en: 'Date of expiry' },
  achievement_title: {
    profile: 'visible',
    isAlwaysThere: true,
    sv: 'Benämning',
    en: 'Achievement title',
  },
  achievement_description: {
    profile: 'visible',
    sv: 'Beskrivning',
    en: 'Achievement description',
  },
  language_of_classes: {
    profile: 'visible',
    isList: true,
    sv: 'Undervisningsspråk',
    en: 'Language of classes',
  },
  family_name: { profile: 'full', isAlwaysThere: true, sv: 'Efternamn', en: 'Family name' },
  given_name: { profile: 'full', sv: 'Förnamn', en: 'Given name' },
  learner_identification: {
    profile: 'full',
    isAlwaysThere: true,
    sv: 'Individens identifierare',
    en: 'Learner identification',
  },
  learning_outcomes: {
    profile: 'skills',
    isAlwaysThere: true,
    isList: true,
    sv: 'Läranderesultat',
    en: 'Learning outcomes',
  },
  assessment_grade: { profile: 'recognition', sv: 'Betyg', en: 'Assessment grade' },
  expected_study_time: { profile: 'skills', sv: 'Omfattning', en: 'Expected study time' },
  level_of_learning_experience: {
    profile: 'skills',
    sv: 'Nivå (EQF)',
    en: 'Level of learning experience (EQF)',
  },
  types_of_quality_assurance: {
    profile: 'recognition',
    isAlwaysThere: true,
    isList: true,
    sv: 'Kvalitetssäkring',
    en: 'Types of quality assurance',
  },
  prerequisites_to_enroll: {
    profile: 'recognition',
    isList: true,
    sv: 'Förkunskaper',
    en: 'Prerequisites to enroll',
  },
  integration_stackability_options: {
    profile: 'recognition',
    sv: 'Kan ingå i något större',
    en: 'Integration or stackability options',
  },
  notional_workload: {
    profile: 'skills',
    sv: 'Omfattning i timmar och poäng',
    en: 'Notional workload',
  },
  types_of_assessment: {
    profile: 'recognition',
    isAlwaysThere: true,
    isList: true,
    sv: 'Bedömningsform',
    en: 'Types of assessment',
  },
  forms_of_participation: {
    profile: 'recognition',
    isList: true,
    sv: 'Deltagandeform',
    en: 'Forms of participation',
  },
  supervision_and_identity_verification: {
    profile: 'recognition',
    sv: 'Övervakning och identitetskontroll',
    en: 'Supervision and identity verification',
  },
  learning_setting: {
    profile: 'recognition',
    isAlwaysThere: true,
    sv: 'Lärandeform',
    en: 'Learning setting',
  },
  levels: { profile: 'skills', isList: true, sv: 'Nivåer', en: 'Levels' },
  fields_of_education: {
    profile: 'recognition',
    isList: true,
    sv: 'Ämnesområde',
    en: 'Fields of education',
  },
  skills: { profile: 'skills', isList: true, sv: 'Kompetenser', en: 'Skills' },
  grading_scheme: { profile: 'recognition', sv: 'Betygsskala', en: 'Grading scheme' },
  stackable_towards: {
    profile: 'recognition',
    isList: true,
    sv: 'Kan ingå i',
    en: 'Stackable towards',
  },
  components: {
    profile: 'recognition',
    isList: true,
    sv: 'Delar som den är byggd av',
    en: 'Parts it was built of',
  },
  award_id: { profile: 'full', isAlwaysThere: true, sv: 'Tilldelningens id', en: 'Award ID' },
  achievement_id: {
    profile: 'visible',
    isAlwaysThere: true,
    sv: 'Definitionens id',
    en: 'Achievement ID',
  },
  category: {
    profile: 'visible',
    isAlwaysThere: true,
    sv: 'Rättslig kategori',
    en: 'Legal category',
  },
  awarding_body: {
    profile: 'visible',
    isAlwaysThere: true,
    isList: true,
    sv: 'Tilldelande organisation',
    en: 'Awarding body',
  },
  definition_creator: {
    profile: 'visible',
    sv: 'Definitionens skapare',
    en: 'Creator of the definition',
  },
  further_information: {
    profile: 'visible',
    sv: 'Ytterligare information',
    en: 'Further information',
  },
  // Never hidden: whoever sees the merit must see that it was recognised without a course (domain.md section 5).
  validation: { profile: 'visible', sv: 'Validering', en: 'Validation' },
} as const satisfies ClaimTable

export type LearningCredentialClaim = keyof typeof learningCredentialClaims

/** Claims that become Disclosures. */
export const disclosableClaims = listDisclosable(learningCredentialClaims)

export const disclosureProfiles = buildDisclosureProfiles(learningCredentialClaims)
