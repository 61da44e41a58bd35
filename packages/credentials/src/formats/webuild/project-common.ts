import { findConcept } from '../../code-lists/code-list.ts'
import { findFieldOfEducation } from '../../code-lists/fields-of-education.ts'
import { proficiencyConcepts } from '../../code-lists/proficiency.ts'
import type { AwardRecord } from '../../domain/award.ts'
import type { QualityAssurance } from '../../domain/organisation.ts'
import type { Locale } from '../../domain/text.ts'
import { buildAchievementUrl } from '../achievement-url.ts'
import { type LegalCategoryClaim, projectLegalCategory } from '../legal-category.ts'
import { omitAbsent } from '../omit-absent.ts'
import { describeIdentifier, describeTitle } from '../project-learning-credential.ts'
import { findRecognisedOutcomes } from '../project-validation.ts'
import { rulebookVersion } from './rulebook.ts'
import type { Say } from './speaker.ts'
import { spell, spellings } from './spellings.ts'

export interface RulebookOptions {
  /** The Credential Issuer Identifier, below which definitions have their addresses. */
  readonly issuer: string
  /** The language of texts, where there is a choice. Default Swedish. */
  readonly locale?: Locale
  /** Names of the legal category beside `attestation_legal_category`, which the rulebooks demand. */
  readonly legalCategoryClaims?: readonly LegalCategoryClaim[]
}

/** What stays visible in both types: what is awarded, by whom, as what, and under which definition. */
export function projectContext(
  record: AwardRecord,
  { issuer, locale = 'sv', legalCategoryClaims = [] }: RulebookOptions,
  say: Say,
) {
  const { organisation, award } = record
  const [body = organisation] = award.awardingBodies ?? []
  return {
    // The rulebooks, 2.8: these types are non-qualified attestations and no others.
    ...projectLegalCategory({
      value: 'non_qualified',
      claims: ['attestation_legal_category', ...legalCategoryClaims],
    }),
    title: describeTitle(record, say, locale),
    issuerName: say(organisation.legalName),
    issuerCountry: organisation.country,
    awardingBody: say(body.legalName),
    awardingBodyIdentifier: body.identifiers?.[0] && describeIdentifier(body.identifiers[0]),
    issuanceDate: award.awardedOn,
    expirationDate: award.validUntil,
    achievementId: buildAchievementUrl(record, issuer),
    rulebookVersion,
  }
}

/** The award's own id is what the rulebooks call the identifier of the instance. */
export const projectLearner = ({ award }: AwardRecord) => ({
  identifier: `urn:uuid:${award.id}`,
  givenName: award.learner.givenName,
  familyName: award.learner.familyName,
})

/** How it was learned and assessed, in one value each: that is all the types have room for. */
export function projectAssessment(record: AwardRecord, say: Say) {
  const { achievement, award } = record
  const { participation } = achievement
  const [type] = listAssessmentTypes(record)
  const [mode] = participation.modes
  const [activity] = participation.activityTypes ?? []
  const supervision = findSupervision(record)
  const { result } = award
  return {
    escoReference: omitEmptyList(listEscoSkills(record)),
    typeOfAssessment: type && spell(spellings.assessment, type),
    formOfParticipation: mode && spell(spellings.participation, mode),
    learningActivityType: activity && spell(spellings.activity, activity),
    languageOfAssessment: findAssessmentLanguage(record) ?? participation.languages[0],
    idVerificationMethod: supervision && spell(spellings.supervision, supervision),
    grade: result?.grade,
    gradingScheme: result?.scheme && say(result.scheme.title),
    additionalNote: achievement.furtherInformation && say(achievement.furtherInformation),
  }
}

/** What was carried out; where that is not told, what the definition provides for. */
export function listAssessmentTypes({ achievement, award }: AwardRecord): string[] {
  const carriedOut = award.assessments ?? []
  const types =
    carriedOut.length > 0 ? carriedOut.flatMap((one) => one.types) : achievement.assessment.types
  return [...new Set(types)]
}

const findSupervision = ({ achievement, award }: AwardRecord): string | undefined =>
  award.assessments?.find((one) => one.supervision)?.supervision ??
  achievement.assessment.supervision

export const findAssessmentLanguage = ({ award }: AwardRecord): string | undefined =>
  award.assessments?.find((one) => one.language)?.language

const escoConcept = /^https?:\/\/data\.europa\.eu\/esco\//

export const listSkills = (record: AwardRecord) =>
  [record.achievement, ...findRecognisedOutcomes(record)].flatMap(({ skills }) => skills ?? [])

export const isEscoSkill = ({ uri }: { readonly uri: string }): boolean => escoConcept.test(uri)

const listEscoSkills = (record: AwardRecord): string[] => [
  ...new Set(
    listSkills(record)
      .filter(isEscoSkill)
      .map(({ uri }) => uri),
  ),
]

export const omitEmptyList = <T>(list: readonly T[]): readonly T[] | undefined =>
  list.length > 0 ? list : undefined

/** Accreditation or audit in the words of the rulebooks; undefined when there is no more to tell than its type. */
export function describeAssurance(
  { type, title, agent, decidedOn, expiresOn, reference }: QualityAssurance,
  say: Say,
) {
  if (!title && !agent && !reference) return undefined
  return omitAbsent({
    title: title && say(title),
    type: spell(spellings.qualityAssurance, type),
    accreditingAgent: agent && say(agent.legalName),
    decisionDate: decidedOn,
    reviewDate: expiresOn,
    reference,
  })
}

export const describeField = (field: string): string => findFieldOfEducation(field)?.code ?? field

export const describeProficiency = ({ award }: AwardRecord): string | undefined => {
  const stage = award.proficiency && findConcept(proficiencyConcepts, award.proficiency)
  return stage && spell(spellings.proficiency, stage.code)
}
