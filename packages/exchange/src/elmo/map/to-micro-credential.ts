import {
  assessmentTypes,
  chooseText,
  creditFrameworks,
  type Identifier,
  type LanguageMap,
  type Locale,
  learningModes,
  type MicroCredential,
  type Party,
  proficiencyConcepts,
  qualityAssuranceTypes,
  supervisionTypes,
} from '@mikromerit/credentials'
import { present, presentOrNothing } from '../../present.ts'
import { elmoNamespace } from '../elmo.ts'
import type { ElmoEntry } from './list-entries.ts'
import { toCoded, toField, toSetting, toUncoded } from './to-coded.ts'
import { type ElmoPieces, toPieces } from './to-pieces.ts'

/** A learner's own record as wallets and portfolios show it. Whether its file was signed is for the caller to say beside it. */
export function toMicroCredential(entry: ElmoEntry, locale: Locale): MicroCredential {
  const { learner, report, opportunity } = entry
  const pieces = toPieces(learner, report.issuer, opportunity)
  const say = (text: LanguageMap | undefined) => sayText(text, locale)
  const { title, description, prerequisites, furtherInformation } = pieces.achievement
  return {
    type: elmoNamespace,
    title: say(opportunity.title) ?? say(title) ?? opportunity.path,
    issuer: toParty(report.issuer.title, report.issuer, locale),
    ...present({
      description: say(description),
      furtherInformation: joinTexts(say(furtherInformation), say(entry.recognition?.title)),
      prerequisites: asList(say(prerequisites)),
      issuedAt: toMoment(report.issuedAt),
      awardedOn: pieces.award.awardedOn ?? entry.recognition?.decidedOn,
      validUntil: pieces.award.validUntil,
      awardingBodies: pieces.award.awardingBodies?.map((body) =>
        toParty(body.legalName, body, locale),
      ),
      learner: toLearner(pieces.award),
      awardId: pieces.award.id,
      achievementId: pieces.achievement.id,
      ...toLearning(pieces, locale),
      ...toRecognition(entry, pieces, locale),
    }),
  }
}

function toLearning({ achievement, award }: ElmoPieces, locale: Locale) {
  const { learningOutcomes = [], workload, levels, participation, skills = [] } = achievement
  const recognised = recognisedIds(award)
  const outcomes = learningOutcomes.filter(({ id = '' }) => recognised?.has(id) ?? true)
  const ofOutcomes = outcomes.flatMap((outcome) => outcome.skills ?? [])
  const skillUris = new Set([...ofOutcomes, ...skills].map(({ uri }) => uri))
  return {
    learningOutcomes: asNonEmpty(outcomes.flatMap(({ title }) => sayText(title, locale) ?? [])),
    workload: presentOrNothing({
      hours: workload?.hours,
      credits: workload?.credits?.slice(0, longestList).map(({ framework, value }) => ({
        framework: toCoded(creditFrameworks)(framework),
        value,
      })),
    }),
    levels: levels?.slice(0, longestList).map(({ framework, level, uri, basis }) => ({
      framework,
      level,
      ...present({ uri, basis }),
    })),
    participation: presentOrNothing({
      modes: asNonEmpty(participation?.modes?.map(toCoded(learningModes))),
      languages: asNonEmpty(participation?.languages),
    }),
    setting: achievement.setting && toSetting(achievement.setting),
    proficiency: award.proficiency && toCoded(proficiencyConcepts)(award.proficiency),
    fields: asNonEmpty(achievement.fields?.map(toField)),
    skills: asNonEmpty([...skillUris].map(toUncoded)),
    stacking: achievement.stacking && {
      isStackable: achievement.stacking.kind !== 'stand_alone',
      ...present({
        towards: achievement.stacking.towards?.map(({ title, uri }) => ({
          title: chooseText(title, locale).text,
          ...present({ uri }),
        })),
      }),
    },
  }
}

function toRecognition(
  { opportunity }: ElmoEntry,
  { achievement, award }: ElmoPieces,
  locale: Locale,
) {
  const { assessment, qualityAssurance } = achievement
  const scheme = award.result?.scheme?.title ?? opportunity.gradingScheme?.description
  return {
    assessment: presentOrNothing({
      types: asNonEmpty(assessment?.types?.map(toCoded(assessmentTypes))),
      supervision: toSupervision(assessment?.supervision),
    }),
    qualityAssurance: asNonEmpty(
      qualityAssurance?.map(({ type }) => toCoded(qualityAssuranceTypes)(type)),
    ),
    result: presentOrNothing({
      grade: award.result?.grade.slice(0, longestText),
      scheme: award.result && sayText(scheme, locale),
    }),
    validation: toValidation(award, locale),
  }
}

const toSupervision = (supervision: string | undefined) =>
  supervision === undefined ? undefined : toCoded(supervisionTypes)(supervision)

function toValidation(
  { validation }: ElmoPieces['award'],
  locale: Locale,
): MicroCredential['validation'] {
  if (!validation) return undefined
  const { purpose, standard, methods, assessors = [] } = validation
  const title = sayText(standard?.title, locale)
  const assessedBy = assessors.flatMap(
    ({ organisation }) => sayText(organisation?.legalName, locale) ?? [],
  )
  return present({
    purpose,
    methods: [...methods],
    standard: title !== undefined && standard?.version ? `${title} (${standard.version})` : title,
    standardUri: standard?.uri,
    assessedBy: asNonEmpty([...new Set(assessedBy)]),
  })
}

function recognisedIds({ validation }: ElmoPieces['award']): ReadonlySet<string> | undefined {
  const achieved = validation?.outcomes?.filter(({ result }) => result === 'achieved')
  return achieved && new Set(achieved.map(({ outcomeId }) => outcomeId))
}

const toLearner = ({ learner }: ElmoPieces['award']): MicroCredential['learner'] =>
  presentOrNothing({
    givenName: learner.givenName?.slice(0, longestText),
    familyName: learner.familyName?.slice(0, longestText),
    birthDate: learner.birthDate,
    identification: learner.externalId,
  })

interface Described {
  readonly country?: string
  readonly identifiers?: readonly Identifier[]
}

function toParty(
  name: LanguageMap,
  { country, identifiers = [] }: Described,
  locale: Locale,
): Party {
  const [identifier] = [...identifiers].sort((one, other) => rank(one) - rank(other))
  return present({
    name: sayText(name, locale),
    country,
    identifier: identifier && toPartyIdentifier(identifier),
  })
}

/** Swedish readers know organisations by their number, others by their home. */
const rank = ({ scheme }: Identifier): number => {
  const known = ['organisationsnummer', 'schac', 'pic', 'erasmus'].indexOf(scheme)
  return known < 0 ? 9 : known
}

const toPartyIdentifier = ({ scheme, value }: Identifier): string =>
  scheme === 'organisationsnummer'
    ? `urn:se:organisationsnummer:${value.replace(/\D/g, '')}`
    : value

/** The longest text and list that {@link MicroCredential} has room for; a stranger's may be longer. */
const longestText = 10_000
const longestList = 20

const sayText = (text: LanguageMap | undefined, locale: Locale): string | undefined =>
  text && Object.keys(text).length > 0
    ? chooseText(text, locale).text.slice(0, longestText)
    : undefined

const asNonEmpty = <T>(list: readonly T[] | undefined): T[] | undefined =>
  list && list.length > 0 ? [...list] : undefined

const asList = (text: string | undefined): string[] | undefined =>
  text === undefined ? undefined : [text]

const joinTexts = (...texts: readonly (string | undefined)[]): string | undefined =>
  texts.filter((text) => text !== undefined).join('\n\n') || undefined

/** A moment without a time zone is not one. */
function toMoment(text: string | undefined): string | undefined {
  if (text === undefined || !/(?:Z|[+-]\d{2}:\d{2})$/.test(text)) return undefined
  const time = Date.parse(text)
  return Number.isNaN(time) ? undefined : new Date(time).toISOString()
}
