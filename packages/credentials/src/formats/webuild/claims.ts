import type { ClaimTable } from '../claim-description.ts'
import type { RulebookFormat } from './rulebook.ts'

/**
 * Always visible: what is awarded, by whom and as what. The rulebooks would let each of these be hidden by itself; a
 * title without its issuer or its level misleads, so here they are never parted (docs/adr/0009).
 */
const context = {
  attestation_legal_category: {
    profile: 'visible',
    isAlwaysThere: true,
    sv: 'Rättslig kategori',
    en: 'Legal category',
  },
  category: { profile: 'visible', sv: 'Rättslig kategori (ETSI)', en: 'Legal category (ETSI)' },
  title: { profile: 'visible', isAlwaysThere: true, sv: 'Benämning', en: 'Title' },
  issuerName: { profile: 'visible', isAlwaysThere: true, sv: 'Utfärdare', en: 'Issuer' },
  issuerCountry: {
    profile: 'visible',
    isAlwaysThere: true,
    sv: 'Utfärdarens land',
    en: 'Issuing country',
  },
  awardingBody: {
    profile: 'visible',
    isAlwaysThere: true,
    sv: 'Tilldelande organisation',
    en: 'Awarding body',
  },
  awardingBodyIdentifier: {
    profile: 'visible',
    sv: 'Tilldelande organisations identifierare',
    en: 'Identifier of the awarding body',
  },
  issuanceDate: {
    profile: 'visible',
    isAlwaysThere: true,
    sv: 'Tilldelad den',
    en: 'Date of issuance',
  },
  expirationDate: { profile: 'visible', sv: 'Meriten gäller till', en: 'Date of expiry' },
  achievementId: {
    profile: 'visible',
    isAlwaysThere: true,
    sv: 'Definitionens id',
    en: 'Achievement ID',
  },
  rulebookVersion: {
    profile: 'visible',
    isAlwaysThere: true,
    sv: 'Regelbokens version',
    en: 'Version of the rulebook',
  },
} as const satisfies ClaimTable

const learner = {
  identifier: { profile: 'full', isAlwaysThere: true, sv: 'Tilldelningens id', en: 'Identifier' },
  givenName: { profile: 'full', sv: 'Förnamn', en: 'Given name' },
  familyName: { profile: 'full', isAlwaysThere: true, sv: 'Efternamn', en: 'Family name' },
} as const satisfies ClaimTable

const recognition = {
  escoReference: { profile: 'skills', isList: true, sv: 'Kompetenser (ESCO)', en: 'Skills (ESCO)' },
  typeOfAssessment: {
    profile: 'recognition',
    isAlwaysThere: true,
    sv: 'Bedömningsform',
    en: 'Type of assessment',
  },
  formOfParticipation: {
    profile: 'recognition',
    sv: 'Deltagandeform',
    en: 'Form of participation',
  },
  learningActivityType: {
    profile: 'recognition',
    sv: 'Typ av läraktivitet',
    en: 'Learning activity type',
  },
  languageOfAssessment: {
    profile: 'recognition',
    sv: 'Bedömningens språk',
    en: 'Language of assessment',
  },
  idVerificationMethod: {
    profile: 'recognition',
    sv: 'Övervakning och identitetskontroll',
    en: 'Supervision and identity verification',
  },
  grade: { profile: 'recognition', sv: 'Betyg', en: 'Grade' },
  gradingScheme: { profile: 'recognition', sv: 'Betygsskala', en: 'Grading scheme' },
  accreditation: { profile: 'recognition', sv: 'Ackreditering', en: 'Accreditation' },
  additionalNote: {
    profile: 'recognition',
    sv: 'Ytterligare information',
    en: 'Additional note',
  },
} as const satisfies ClaimTable

const microCredentialClaims = {
  ...context,
  level: { profile: 'visible', sv: 'Nivå (EQF)', en: 'Level (EQF)' },
  nationalQualificationsFrameworkLevel: {
    profile: 'visible',
    sv: 'Nivå i nationell referensram',
    en: 'Level in a national framework',
  },
  ...learner,
  learningOutcomes: {
    profile: 'skills',
    isAlwaysThere: true,
    isList: true,
    sv: 'Läranderesultat',
    en: 'Learning outcomes',
  },
  notionalWorkload: { profile: 'skills', sv: 'Omfattning', en: 'Notional workload' },
  ...recognition,
  fieldOfEducation: { profile: 'recognition', sv: 'Ämnesområde', en: 'Field of education' },
  entryRequirements: {
    profile: 'recognition',
    isList: true,
    sv: 'Förkunskaper',
    en: 'Entry requirements',
  },
  qualityAssurance: { profile: 'recognition', sv: 'Kvalitetssäkring', en: 'Quality assurance' },
  stackable: { profile: 'recognition', sv: 'Kan ingå i något större', en: 'Stackable' },
  partOfQualification: { profile: 'recognition', sv: 'Kan ingå i', en: 'Part of qualification' },
} as const satisfies ClaimTable

const verifiedSkillClaims = {
  ...context,
  reviewDate: { profile: 'visible', sv: 'Ska prövas på nytt', en: 'Review date' },
  skillProficiencyLevel: {
    profile: 'visible',
    sv: 'Färdighetsstadium (Dreyfus)',
    en: 'Skill proficiency (Dreyfus)',
  },
  qualityAssuranceLevel: {
    profile: 'visible',
    sv: 'Kvalitetssäkring av bedömningen',
    en: 'Assurance of the assessment',
  },
  // Never hidden: whoever sees the merit must see that it was recognised without a course (domain.md section 5).
  validation: { profile: 'visible', sv: 'Validering', en: 'Validation' },
  ...learner,
  skillOutcome: {
    profile: 'skills',
    isAlwaysThere: true,
    isList: true,
    sv: 'Kompetens',
    en: 'Skill outcome',
  },
  studyLoadHours: { profile: 'skills', sv: 'Omfattning i timmar', en: 'Study load in hours' },
  ...recognition,
  learningSetting: {
    profile: 'recognition',
    isAlwaysThere: true,
    sv: 'Lärandeform',
    en: 'Learning setting',
  },
  assessor: { profile: 'recognition', sv: 'Bedömare', en: 'Assessor' },
  assessmentDate: { profile: 'recognition', sv: 'Bedömd den', en: 'Date of assessment' },
  assessmentEvidence: {
    profile: 'recognition',
    isList: true,
    sv: 'Underlag',
    en: 'Evidence of the assessment',
  },
  qualityAssuranceMethod: {
    profile: 'recognition',
    sv: 'Kvalitetssäkring',
    en: 'Quality assurance method',
  },
  auditInformation: { profile: 'recognition', sv: 'Granskning', en: 'Audit' },
} as const satisfies ClaimTable

/** Every claim of a type next to the registered ones: those of its rulebook, then our extensions of it. */
export const rulebookClaims = {
  webuild_micro_credential: microCredentialClaims,
  webuild_verified_skill: verifiedSkillClaims,
} as const satisfies Readonly<Record<RulebookFormat, ClaimTable>>
