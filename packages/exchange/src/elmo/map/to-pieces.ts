import {
  type Achievement,
  type Award,
  creditFrameworks,
  findConcept,
  findFieldOfEducation,
  type Organisation,
} from '@mikromerit/credentials'
import { present, presentOrNothing } from '../../present.ts'
import type { ElmoIssuer, ElmoLearner, ElmoOpportunity } from '../elmo.ts'
import type { AchievementPieces } from '../extension/micro-credential-extension.ts'
import { isEuropeanStudentIdentifier, ownIdentifiers, readUuid } from '../identifiers.ts'

type OrganisationPieces = Partial<Pick<Organisation, 'id' | 'country' | 'homepage'>> &
  Pick<Organisation, 'legalName' | 'identifiers'>

/** What a learning opportunity says of a definition: complete when we wrote it, else what others have. */
type ElmoAchievement = Omit<AchievementPieces, 'workload'> &
  Partial<Pick<Achievement, 'id' | 'workload'>>

type ElmoAward = Partial<Omit<Award, 'learner' | 'achievementId'>> & {
  readonly learner: Partial<Award['learner']>
}

/** An award record in pieces, to be completed by what the importing body knows. */
export interface ElmoPieces {
  readonly organisation: OrganisationPieces
  readonly achievement: ElmoAchievement
  readonly award: ElmoAward
}

/** A learning opportunity as organisation, definition and award (the table of domain.md section 4). */
export const toPieces = (
  learner: ElmoLearner,
  issuer: ElmoIssuer,
  opportunity: ElmoOpportunity,
): ElmoPieces => ({
  organisation: toOrganisation(issuer),
  achievement: toAchievement(opportunity),
  award: toAward(learner, opportunity),
})

function toOrganisation({ title, identifiers, country, url }: ElmoIssuer): OrganisationPieces {
  const id = identifiers.find(({ scheme }) => scheme === ownIdentifiers.organisation)?.value
  const others = identifiers.filter(({ scheme }) => scheme !== ownIdentifiers.organisation)
  return {
    legalName: title,
    identifiers: others,
    ...present({ id, country, homepage: readAddress(url) }),
  }
}

function toAchievement(opportunity: ElmoOpportunity): ElmoAchievement {
  const { identifiers, title, description, microCredential } = opportunity
  const own = identifiers.find(({ scheme }) => scheme === ownIdentifiers.achievement)
  const others = identifiers.filter(({ scheme }) => scheme !== ownIdentifiers.achievement)
  const field = findFieldOfEducation(opportunity.fieldOfEducation ?? '')?.uri
  const levels = opportunity.levels.filter(({ framework }) => /^(?:EQF|SeQF)$/.test(framework))
  return {
    title,
    ...(levels.length > 0 && { levels }),
    ...(field !== undefined && { fields: [field] }),
    ...microCredential?.achievement,
    ...present({
      id: own && readUuid(own.value),
      identifiers: others.length > 0 ? others : undefined,
      description,
      homepage: readAddress(opportunity.url),
      workload: toWorkload(opportunity),
    }),
    participation: toParticipation(opportunity),
  }
}

function toWorkload({ credits, microCredential }: ElmoOpportunity): Achievement['workload'] {
  const known = credits.filter(({ framework }) => findConcept(creditFrameworks, framework))
  const hours = microCredential?.achievement.workload?.hours
  if (known.length === 0 && hours === undefined) return undefined
  return { ...(hours !== undefined && { hours }), ...(known.length > 0 && { credits: known }) }
}

/** An empty list leaves no trace in XML: where we wrote the rest, it was empty. */
function toParticipation({ microCredential, languageOfInstruction }: ElmoOpportunity) {
  const languages = languageOfInstruction === undefined ? [] : [languageOfInstruction]
  const empty = microCredential ? { modes: [] } : {}
  return { languages, ...empty, ...microCredential?.achievement.participation }
}

function toAward(learner: ElmoLearner, opportunity: ElmoOpportunity): ElmoAward {
  const { start, end, grade, microCredential, instanceIdentifiers } = opportunity
  const find = (wanted: string) =>
    instanceIdentifiers.find(({ scheme }) => scheme === wanted)?.value
  const result = grade === undefined ? undefined : { grade }
  const activity = presentOrNothing({ start, end })
  // The day of the decision is not in ELMO; the day the learner finished comes nearest.
  const native = present({ awardedOn: end, result, activity })
  const written = microCredential?.award
  return {
    // Where we wrote the award, it is complete, and what ELMO says beside it is for others.
    ...(written?.awardedOn === undefined ? { ...native, ...written } : written),
    learner: toLearner(learner),
    ...present({
      id: readUuid(find(ownIdentifiers.award) ?? ''),
      sourceReference: find(ownIdentifiers.sourceReference),
    }),
  }
}

function toLearner({
  givenName,
  familyName,
  birthDate,
  identifiers,
}: ElmoLearner): ElmoAward['learner'] {
  const esi = identifiers.find(
    ({ scheme, value }) => scheme === 'esi' && isEuropeanStudentIdentifier(value),
  )
  return present({ givenName, familyName, birthDate, externalId: esi?.value })
}

const readAddress = (url: string | undefined): string | undefined =>
  url !== undefined && /^(?:https?:\/\/|urn:)[^\s"<>\\^`{|}]+$/.test(url) ? url : undefined
