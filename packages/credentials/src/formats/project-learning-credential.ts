import { findConcept } from '../code-lists/code-list.ts'
import { qualityAssuranceTypes } from '../code-lists/quality-assurance.ts'
import type { AwardRecord } from '../domain/award.ts'
import type { ComponentRef } from '../domain/component.ts'
import type { Agent, Identifier } from '../domain/organisation.ts'
import { chooseText, type LanguageMap, type Locale } from '../domain/text.ts'
import { buildAchievementUrl } from './achievement-url.ts'
import { disclosableClaims } from './learning-credential-claims.ts'
import { findLosses } from './learning-credential-losses.ts'
import { describeStudyTime } from './learning-credential-workload.ts'
import type { Loss } from './loss.ts'
import { omitAbsent } from './omit-absent.ts'
import { findRecognisedOutcomes, projectValidation } from './project-validation.ts'

export interface ProjectionOptions {
  /** The Credential Issuer Identifier, below which definitions have their addresses. */
  readonly issuer: string
  /** The language of texts, where there is a choice. Default Swedish. */
  readonly locale?: Locale
}

export interface Projection {
  readonly claims: Record<string, unknown>
  /** Names of the claims that become Disclosures, of those that are there. */
  readonly disclosable: string[]
  readonly losses: Loss[]
}

type Say = (text: LanguageMap) => string

/**
 * Projects an award onto the EUDI learning credential with our extension claims (domain.md 3.4). A claim that
 * cannot be filled truthfully is left out and reported. Registered claims (`iss`, `exp`, `cnf` …) are the issuer's.
 */
export function projectLearningCredential(
  record: AwardRecord,
  { issuer, locale = 'sv' }: ProjectionOptions,
): Projection {
  const say: Say = (text) => chooseText(text, locale).text
  const claims = omitAbsent({
    ...projectVisible(record, issuer, say, locale),
    ...projectLearner(record),
    ...projectLearning(record, say, locale),
    ...projectRecognition(record, say),
  })
  return {
    claims,
    disclosable: disclosableClaims.filter((name) => name in claims),
    losses: findLosses(record, claims),
  }
}

function projectVisible(record: AwardRecord, issuer: string, say: Say, locale: Locale) {
  const { organisation, achievement, award } = record
  const { languages } = achievement.participation
  return {
    issuing_authority: say(organisation.legalName),
    issuing_country: organisation.country,
    date_of_issuance: award.awardedOn,
    date_of_expiry: award.validUntil,
    achievement_title: describeTitle(record, say, locale),
    achievement_description: achievement.description && say(achievement.description),
    language_of_classes: languages.length > 0 ? languages : undefined,
    achievement_id: buildAchievementUrl(record, issuer),
    category: 'eaa:eu:non-qualified',
    definition_creator: record.creator && projectBody(record.creator.organisation, say),
    awarding_body: (award.awardingBodies ?? [organisation]).map((body) => projectBody(body, say)),
    further_information: achievement.furtherInformation && say(achievement.furtherInformation),
    validation: award.validation && projectValidation(award.validation, organisation, say),
  }
}

/** A partial recognition never carries the title of the whole alone (domain.md section 5). */
export function describeTitle(record: AwardRecord, say: Say, locale: Locale): string {
  const title = say(record.achievement.title)
  const recognised = findRecognisedOutcomes(record).length
  const total = record.achievement.learningOutcomes.length
  if (recognised === total) return title
  return locale === 'sv'
    ? `${title} (delvis: ${recognised} av ${total} läranderesultat)`
    : `${title} (in part: ${recognised} of ${total} learning outcomes)`
}

const projectBody = ({ legalName, country, identifiers }: Agent, say: Say) =>
  omitAbsent({
    name: say(legalName),
    country,
    identifier: identifiers?.[0] && describeIdentifier(identifiers[0]),
  })

/** An identifier as one URI, or as near to it as its register allows. */
export const describeIdentifier = ({ scheme, value }: Identifier) =>
  scheme === 'organisationsnummer'
    ? `urn:se:organisationsnummer:${value.replaceAll(/\D/g, '').slice(-10)}`
    : /^(?:https?:\/\/|urn:)/.test(value)
      ? value
      : `${scheme}:${value}`

const europeanStudentIdentifier = /^urn:schac:personalUniqueCode:int:esi:[^:]+:.+$/

function projectLearner({ award }: AwardRecord) {
  const { givenName, familyName, externalId } = award.learner
  return {
    family_name: familyName,
    given_name: givenName,
    // Random and of this award only, unless the learner has an identifier made to be shown (domain.md 3.4).
    learner_identification:
      externalId && europeanStudentIdentifier.test(externalId) ? externalId : award.id,
    award_id: `urn:uuid:${award.id}`,
  }
}

function projectLearning(record: AwardRecord, say: Say, locale: Locale) {
  const { levels, workload, fields } = record.achievement
  const outcomes = findRecognisedOutcomes(record)
  const skills = [record.achievement, ...outcomes].flatMap((holder) => holder.skills ?? [])
  // SeQF was referenced to EQF level by level, so its number says the same.
  const level = ['EQF', 'SeQF']
    .map((framework) => levels?.find((candidate) => candidate.framework === framework)?.level)
    .find((candidate) => candidate !== undefined)
  return {
    learning_outcomes: outcomes.map(({ title }) => say(title)),
    expected_study_time: describeStudyTime(record, locale),
    notional_workload: workload,
    level_of_learning_experience: level,
    levels: levels?.length
      ? levels.map(({ framework, level, uri, basis }) =>
          omitAbsent({ framework, level, uri, basis }),
        )
      : undefined,
    skills: skills.length > 0 ? [...new Set(skills.map(({ uri }) => uri))] : undefined,
    fields_of_education: fields?.length ? fields : undefined,
    learning_setting: record.achievement.setting,
  }
}

function projectRecognition({ achievement, award }: AwardRecord, say: Say) {
  const { assessment, participation, stacking, prerequisites, qualityAssurance } = achievement
  const carriedOut = award.assessments ?? []
  const types = carriedOut.length > 0 ? carriedOut.flatMap((one) => one.types) : assessment.types
  const supervision =
    carriedOut.find((one) => one.supervision)?.supervision ?? assessment.supervision
  const scheme = award.result?.scheme
  return {
    assessment_grade: award.result?.grade,
    grading_scheme: award.result && scheme ? say(scheme.title) : undefined,
    types_of_assessment: [...new Set(types)],
    supervision_and_identity_verification: supervision,
    forms_of_participation: participation.modes.length > 0 ? participation.modes : undefined,
    types_of_quality_assurance: [
      ...new Set(qualityAssurance.map(({ type }) => labelAssurance(type))),
    ],
    prerequisites_to_enroll: prerequisites && [say(prerequisites)],
    // The boolean does not tell "part of something" from "can be part of something": a reported loss.
    integration_stackability_options: stacking && stacking.kind !== 'stand_alone',
    components: award.components?.length
      ? award.components.map((part) => projectComponent(part, say))
      : undefined,
    stackable_towards: stacking?.towards?.map(({ title, uri }) =>
      omitAbsent({ title: say(title), uri }),
    ),
  }
}

/** A part by the digest of the credential that counted: the whole refers to exactly what was shown. */
const projectComponent = (part: ComponentRef, say: Say) =>
  omitAbsent({
    title: say(part.title),
    awarding_body: projectBody(part.awardingBody, say),
    awarded_on: part.awardedOn,
    achievement_id: part.achievementId,
    award_id: part.awardId,
    digest: part.credentialDigest,
    credits: part.credits?.length ? part.credits : undefined,
  })

/** The reference type has words here, not codes: those of the EU list, in English whatever the locale. */
const labelAssurance = (uri: string) => findConcept(qualityAssuranceTypes, uri)?.labels.en ?? uri
