import { hash } from 'node:crypto'

/**
 * The JSON-LD context of our credentials in VC 2.0 form. The EU's own context cannot stand beside that of VC 2.0:
 * both define `description`, which VC 2.0 protects (domain.md 3.2). This one defines every term we use, with the
 * same meaning, and `description` only where VC 2.0 does not reach: inside claims and the display.
 */
const elm = 'elm:'

const classes =
  'Accreditation Address Agent AwardingProcess CreditPoint DisplayDetail DisplayParameter EuropeanDigitalCredential ' +
  'Evidence GradingScheme Identifier IndividualDisplay LearningAchievement LearningActivity ' +
  'LearningActivitySpecification LearningAssessment LearningAssessmentSpecification LearningOutcome ' +
  'LegalIdentifier MediaObject Note Organisation Person Qualification ShaclValidator2017 WebResource'

/** Terms of the European Learning Model whose values are nodes, and have the name of their property. */
const nodes =
  'accreditation accreditingAgent additionalNote address assessedBy awardedBy awardingBody contentEncoding ' +
  'contentType countryCode credentialProfiles creditPoint creditReceived displayDetail educationLevel ' +
  'entryRequirement framework grade gradingScheme hasPart idVerification image individualDisplay influencedBy ' +
  'isPartOf landingPage learningOutcome learningSetting limitEQFLevel limitField location mode primaryLanguage ' +
  'provenBy relatedESCOSkill relatedSkill reusabilityLevel specifiedBy supplementaryDocument targetGroup vatIdentifier'

const define = (names: string, make: (name: string) => unknown): Record<string, unknown> =>
  Object.fromEntries(names.split(' ').map((name) => [name, make(name)]))

const node = (id: string) => ({ '@id': id, '@type': '@id' })
const literal = (id: string, type: string) => ({ '@id': id, '@type': `xsd:${type}` })
const text = (id: string) => ({ '@id': id, '@container': '@language' })
const description = { description: text('dc:description') }

const prefixes = {
  adms: 'http://www.w3.org/ns/adms#',
  cred: 'https://www.w3.org/2018/credentials#',
  dc: 'http://purl.org/dc/terms/',
  elm: 'http://data.europa.eu/snb/model/elm/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  rov: 'http://www.w3.org/ns/regorg#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
}

/** Terms that differ from the name of their property, or lie outside the European Learning Model. */
const renamed = {
  Concept: 'skos:Concept',
  ConceptScheme: 'skos:ConceptScheme',
  Location: 'dc:Location',
  PeriodOfTime: 'dc:PeriodOfTime',
  dcType: node('dc:type'),
  eIDASIdentifier: node('elm:eidasLegalIdentifier'),
  eqfLevel: node('elm:EQFLevel'),
  homepage: node('foaf:homepage'),
  identifier: node('adms:identifier'),
  inScheme: node('skos:inScheme'),
  language: node('dc:language'),
  nqfLevel: node('elm:NQFLevel'),
  registration: node('rov:registration'),
  spatial: node('dc:spatial'),
  subject: node('dc:subject'),
  temporal: node('dc:temporal'),
  thematicArea: node('elm:ISCEDFCode'),
  familyName: text('foaf:familyName'),
  fullName: text('foaf:fullName'),
  givenName: text('foaf:givenName'),
  legalName: text('rov:legalName'),
  noteLiteral: text('elm:noteLiteral'),
  prefLabel: text('skos:prefLabel'),
  title: text('dc:title'),
  notation: { '@id': 'skos:notation' },
  content: literal('elm:content', 'string'),
  point: literal('elm:point', 'string'),
  schemeName: literal('elm:schemeName', 'string'),
  contentURL: literal('elm:contentUrl', 'anyURI'),
  page: literal('elm:page', 'positiveInteger'),
  isPartialQualification: literal('elm:isPartialQualification', 'boolean'),
  volumeOfLearning: literal('elm:volumeOfLearning', 'duration'),
  awardingDate: literal('elm:awardingDate', 'dateTime'),
  dateIssued: literal('dc:issued', 'dateTime'),
  dateOfBirth: literal('elm:dateOfBirth', 'dateTime'),
  endDate: literal('elm:endDate', 'dateTime'),
  expiryDate: literal('elm:expiryDate', 'dateTime'),
  issued: literal('cred:issued', 'dateTime'),
  startDate: literal('elm:startDate', 'dateTime'),
  displayParameter: { ...node('elm:displayParameter'), '@context': description },
  hasClaim: { ...node('elm:hasClaim'), '@context': description },
}

const context = {
  '@version': 1.1,
  // Another context beside ours cannot give our terms other meanings.
  '@protected': true,
  ...prefixes,
  ...define(classes, (name) => elm + name),
  ...define(nodes, (name) => node(elm + name)),
  ...renamed,
}

/** The context, to be published byte for byte at the `contextUrl` of the projection. */
export const elmContextDocument: string = JSON.stringify({ '@context': context })

/** SHA-256 of the document: in hex, as an index of contexts has it, and as Subresource Integrity. */
export const elmContextSha256: string = hash('sha256', elmContextDocument)
export const elmContextIntegrity: string = `sha256-${hash('sha256', elmContextDocument, 'base64')}`
