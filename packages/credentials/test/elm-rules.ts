import { isObject } from '../src/jose/json.ts'

/** What each class must have, at most one of, and only from these schemes: domain.md 3.1, points 5, 11 and 12. */
interface Rule {
  readonly must: readonly string[]
  readonly single?: readonly string[]
}

const rules: Readonly<Record<string, Rule>> = {
  EuropeanDigitalCredential: {
    must: [
      'credentialProfiles',
      'displayParameter',
      'credentialSchema',
      'issuer',
      'issued',
      'validFrom',
      'credentialSubject',
    ],
    single: [
      'displayParameter',
      'issuer',
      'issued',
      'validFrom',
      'validUntil',
      'credentialSubject',
    ],
  },
  Person: { must: ['hasClaim'], single: ['givenName', 'familyName', 'fullName', 'dateOfBirth'] },
  LearningAchievement: { must: ['title', 'awardedBy'], single: ['awardedBy', 'specifiedBy'] },
  LearningActivity: { must: ['title', 'awardedBy'], single: ['awardedBy', 'specifiedBy'] },
  LearningAssessment: {
    must: ['title', 'awardedBy', 'grade'],
    single: ['awardedBy', 'grade', 'idVerification', 'specifiedBy', 'dateIssued'],
  },
  AwardingProcess: { must: ['awardingBody'], single: ['awardingDate'] },
  Qualification: {
    must: ['title'],
    single: ['eqfLevel', 'learningSetting', 'volumeOfLearning', 'entryRequirement'],
  },
  LearningActivitySpecification: { must: ['title'] },
  LearningAssessmentSpecification: { must: ['title'], single: ['dcType', 'gradingScheme'] },
  LearningOutcome: { must: ['title'], single: ['dcType', 'reusabilityLevel'] },
  GradingScheme: { must: ['title'] },
  CreditPoint: { must: ['framework', 'point'], single: ['framework', 'point'] },
  Accreditation: {
    must: ['title', 'dcType', 'accreditingAgent'],
    single: ['dcType', 'accreditingAgent'],
  },
  Organisation: { must: ['legalName', 'location'], single: ['registration', 'eIDASIdentifier'] },
  Agent: { must: [] },
  Location: { must: ['address'] },
  Address: { must: ['countryCode'], single: ['countryCode'] },
  Identifier: { must: ['notation'], single: ['notation', 'schemeName'] },
  LegalIdentifier: { must: ['notation', 'spatial'], single: ['notation', 'spatial'] },
  MediaObject: {
    must: ['content', 'contentEncoding', 'contentType'],
    single: ['content', 'contentEncoding', 'contentType'],
  },
  Note: { must: ['noteLiteral'], single: ['subject'] },
  WebResource: { must: ['contentURL'], single: ['contentURL'] },
  Evidence: { must: ['dcType', 'accreditation'], single: ['dcType', 'accreditation'] },
  DisplayParameter: {
    must: ['title', 'language', 'primaryLanguage', 'individualDisplay'],
    single: ['primaryLanguage'],
  },
  IndividualDisplay: { must: ['language', 'displayDetail'], single: ['language'] },
  DisplayDetail: { must: ['image', 'page'], single: ['image', 'page'] },
  PeriodOfTime: { must: [], single: ['startDate', 'endDate'] },
  Concept: { must: [], single: ['notation'] },
  ConceptScheme: { must: [] },
  ShaclValidator2017: { must: [] },
  BitstringStatusListEntry: { must: ['statusPurpose', 'statusListIndex', 'statusListCredential'] },
}

const snb = (folder: string) => `http://data.europa.eu/snb/${folder}/25831c2`
const authority = (table: string) => `http://publications.europa.eu/resource/authority/${table}`

/** Members whose values must be of one list, by class and member, or by member alone. */
const schemes: Readonly<Record<string, string>> = {
  credentialProfiles: snb('credential'),
  primaryLanguage: authority('language'),
  language: authority('language'),
  learningSetting: snb('learning-setting'),
  eqfLevel: snb('eqf'),
  nqfLevel: snb('qdr'),
  thematicArea: snb('isced-f'),
  'LearningOutcome.dcType': snb('skill-type'),
  reusabilityLevel: snb('skill-reuse-level'),
  relatedESCOSkill: 'http://data.europa.eu/esco/concept-scheme/skills',
  'Accreditation.dcType': snb('accreditation'),
  limitField: snb('isced-f'),
  limitEQFLevel: snb('eqf'),
  'Evidence.dcType': snb('evidence-type'),
  countryCode: authority('country'),
  spatial: authority('country'),
  // Not by the shapes, but by the EDC tool.
  idVerification: snb('supervision-verification'),
}

/** What a document breaks of the rules for European Digital Credentials, and nodes it describes in two ways. */
export function findRuleFaults(document: Readonly<Record<string, unknown>>): string[] {
  const faults: string[] = []
  const described = new Map<string, string>()
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const element of value) visit(element)
    if (!isObject(value) || value.type === undefined) return
    const name = Array.isArray(value.type) ? String(value.type.at(-1)) : String(value.type)
    faults.push(...findClassFaults(name, value), ...findSchemeFaults(name, value))
    const text = JSON.stringify(value)
    if (described.has(String(value.id)) && described.get(String(value.id)) !== text)
      faults.push(`${name} ${value.id} is described in two ways`)
    described.set(String(value.id), text)
    for (const member of Object.values(value)) visit(member)
  }
  visit(document)
  return faults
}

function findClassFaults(name: string, node: Record<string, unknown>): string[] {
  const rule = rules[name]
  if (!rule) return [`${name} is no class of the model`]
  return [
    ...rule.must
      .filter((member) => isMissing(node[member]))
      .map((member) => `${name} has no ${member}`),
    ...(rule.single ?? [])
      .filter((member) => Array.isArray(node[member]) && node[member].length > 1)
      .map((member) => `${name} has several ${member}`),
  ]
}

const isMissing = (value: unknown): boolean =>
  value === undefined || (Array.isArray(value) && value.length === 0)

const findSchemeFaults = (name: string, node: Record<string, unknown>): string[] =>
  Object.entries(node).flatMap(([member, value]) => {
    const scheme = schemes[`${name}.${member}`] ?? schemes[member]
    if (scheme === undefined) return []
    return [value]
      .flat()
      .filter((concept) => !isObject(concept) || !isInScheme(concept, scheme))
      .map(() => `${name}.${member} is not of ${scheme}`)
  })

const isInScheme = ({ inScheme }: Record<string, unknown>, scheme: string): boolean =>
  isObject(inScheme) && inScheme.id === scheme
