/** JSON-LD contexts of Open Badges 3.0 whose terms we read; none is ever fetched (S-13). */
export const openBadgesContexts: readonly string[] = [
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json',
  'https://purl.imsglobal.org/spec/ob/v3p0/context.json',
  'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
]

/** The one our badges have. */
export const openBadgesContext = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'

export const openBadgesSchema = {
  id: 'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json',
  type: '1EdTechJsonSchemaValidator2019',
} as const

/**
 * What an alignment points at. Open Badges has few properties of its own for a micro-credential, and an open
 * vocabulary of alignment targets: each element of the European standard that has none becomes one (domain.md 3.3).
 */
export const targetTypes = {
  outcome: 'ext:LearningOutcome',
  esco: 'ext:ESCO',
  skill: 'ext:Skill',
  eqf: 'ext:EQF',
  nqf: 'ext:NQF',
  field: 'ext:ISCEDF',
  qualityAssurance: 'ext:QualityAssurance',
  participation: 'ext:ParticipationMode',
  assessment: 'ext:AssessmentType',
  supervision: 'ext:SupervisionAndIdentityVerification',
  setting: 'ext:LearningSetting',
  credit: 'ext:CreditSystem',
  hours: 'ext:NotionalWorkload',
  language: 'ext:LanguageOfInstruction',
  stacking: 'ext:StackableTowards',
} as const

/** Who an IdentityObject or IdentifierEntry speaks of, beyond what the specification lists. */
export const identityTypes = {
  givenName: 'ext:givenName',
  familyName: 'ext:familyName',
  studentIdentifier: 'ext:europeanStudentIdentifier',
} as const

/** Names of registers that differ from our scheme (domain.md 3.3). */
export const identifierTypes: ReadonlyMap<string, string> = new Map([
  ['organisationsnummer', 'ext:SwedishOrganisationNumber'],
  ['schac', 'ext:schacHomeOrganization'],
])

/** `genre` of evidence that we write and read back. */
export const genres = {
  award: 'award',
  validation: 'validation',
  component: 'component',
} as const
